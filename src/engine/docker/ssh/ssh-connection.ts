import { Duplex } from 'node:stream';
import { refused } from './ssh-login.js';
import type { SshLogins } from './ssh-logins.js';
import type { SessionEnd, SessionUser, SshSession } from './ssh-session.js';

/** More than pipes hold: who has taken more is a session that was let in. */
const mostTakenBytes = 1024 * 1024;

/**
 * A session as a stream, which ends with what ssh has to complain about. What is written before there is one waits for
 * it.
 */
export class SshConnection extends Duplex implements SessionUser {
  readonly #logins: SshLogins;
  #session: SshSession | undefined;
  /** What was written, for another session in case that this one is not let in; undefined once it was. */
  #kept: Buffer[] | undefined = [];
  #takenBytes = 0;
  /** Goes on after what is written when there is a session. */
  #waiting: (() => void) | undefined;
  #hasAll = false;
  #isIdle = false;
  #lonelyRefusals = 0;

  constructor(logins: SshLogins) {
    super();
    this.#logins = logins;
    void this.#open();
  }

  /** While nobody uses it, it does not keep Node alive. */
  unref(): this {
    this.#isIdle = true;
    this.#session?.keepAlive('no');
    return this;
  }

  ref(): this {
    this.#isIdle = false;
    this.#session?.keepAlive('yes');
    return this;
  }

  /** Leaves its session to others: there is nothing to come on it. */
  giveUp(): SshSession | undefined {
    const session = this.#session;
    this.#session = undefined;
    if (session !== undefined) session.user = undefined;
    return session;
  }

  takeIn(chunk: Buffer): boolean {
    this.#kept = undefined;
    return this.push(chunk);
  }

  ended(end: SessionEnd): void {
    const { login } = this.#session ?? {};
    this.#session = undefined;
    if (this.destroyed) return;
    if (end.kind === 'refused' && login?.sessions === 0) this.#lonelyRefusals++;
    if (end.kind === 'refused' && this.#lonelyRefusals < 2 && this.#kept !== undefined) void this.#open();
    else if (this.#isIdle) this.destroy();
    else if (end.kind === 'done') this.push(null);
    else this.destroy(this.#failureOf(end));
  }

  override _read(): void {
    this.#session?.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#kept?.push(chunk);
    if (this.#session === undefined) this.#waiting = done;
    else this.#pass(this.#session, chunk, done);
  }

  override _final(done: () => void): void {
    this.#hasAll = true;
    if (this.#session === undefined) done();
    else this.#session.finish(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#session?.kill();
    done(error);
  }

  async #open(): Promise<void> {
    try {
      const session = await this.#logins.session();
      if (this.destroyed) this.#logins.pass(session);
      else this.#use(session);
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  #use(session: SshSession): void {
    session.user = this;
    this.#session = session;
    this.#takenBytes = 0;
    for (const chunk of this.#kept ?? []) this.#pass(session, chunk);
    if (this.#hasAll) session.finish(() => {});
    this.#waiting?.();
    this.#waiting = undefined;
  }

  #pass(session: SshSession, chunk: Buffer, done?: () => void): void {
    session.write(chunk, (error) => {
      if (!error) this.#takenBytes += chunk.length;
      if (this.#takenBytes > mostTakenBytes) this.#kept = undefined;
      done?.();
    });
  }

  #failureOf(end: Exclude<SessionEnd, { kind: 'done' }>): Error {
    if (end.kind === 'failed' && end.error !== undefined) return end.error;
    const failure = refused(end.words);
    // Of a connection that was kept: what only asks is asked again.
    if (this.#kept === undefined) failure.code = 'EPIPE';
    return failure;
  }
}
