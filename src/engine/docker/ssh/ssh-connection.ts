import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { refusalMark, refused, type SshLogin, usual } from './ssh-login.js';
import type { SshLogins } from './ssh-logins.js';
import { destinationOf, optionsOf, type SshProgram } from './ssh-program.js';

/** More than pipes hold: who has taken more is a session. */
const mostTakenBytes = 1024 * 1024;

/**
 * Standard input and output of `docker system dial-stdio` on the other side as one stream, which ends with what ssh has
 * to complain about. What is written before there is a session waits for it.
 */
export class SshConnection extends Duplex {
  readonly #program: SshProgram;
  readonly #logins: SshLogins;
  #child: ChildProcessWithoutNullStreams | undefined;
  /** What was written, for another session in case that this one is not let in; undefined once it was. */
  #kept: Buffer[] | undefined = [];
  #takenBytes = 0;
  /** Goes on after what is written when there is a session. */
  #waiting: (() => void) | undefined;
  #hasAll = false;
  #isIdle = false;
  #refusals = 0;

  constructor(program: SshProgram, logins: SshLogins) {
    super();
    this.#program = program;
    this.#logins = logins;
    void this.#open();
  }

  /** While nobody uses it, it does not keep Node alive. */
  unref(): this {
    this.#isIdle = true;
    for (const each of handlesOf(this.#child)) each.unref();
    return this;
  }

  ref(): this {
    this.#isIdle = false;
    for (const each of handlesOf(this.#child)) each.ref();
    return this;
  }

  override _read(): void {
    this.#child?.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#kept?.push(chunk);
    if (this.#child === undefined) this.#waiting = done;
    else this.#pass(this.#child, chunk, done);
  }

  override _final(done: () => void): void {
    this.#hasAll = true;
    if (this.#child === undefined) done();
    else this.#child.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child?.kill();
    done(error);
  }

  async #open(): Promise<void> {
    try {
      const login = await this.#logins.enter();
      if (this.destroyed) this.#logins.leave(login);
      else this.#use(login);
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  #use(login: SshLogin): void {
    const child = startSession(this.#program, login);
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      this.#kept = undefined;
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-500);
    });
    child.stdin.on('error', () => {}); // The end of the process tells more.
    child.once('error', (error) => this.destroy(error));
    child.once('close', (code) => this.#end(login, code, complaint));
    this.#child = child;
    this.#takenBytes = 0;
    for (const chunk of this.#kept ?? []) this.#pass(child, chunk);
    if (this.#hasAll) child.stdin.end();
    this.#waiting?.();
    this.#waiting = undefined;
  }

  #end(login: SshLogin, code: number | null, complaint: string): void {
    this.#child = undefined;
    const [words = '', ...refusal] = complaint.split(refusalMark);
    if (refusal.length === 0) this.#logins.leave(login);
    else if (this.#logins.leaveRefused(login) === 'alone') this.#refusals++;
    if (this.destroyed) return;
    if (refusal.length > 0 && this.#refusals < 2 && this.#kept !== undefined) {
      void this.#open();
    } else if (this.#isIdle) {
      this.destroy();
    } else if (code === 0) {
      this.push(null);
    } else {
      const failure = refused(words.trim() || login.lastWords() || this.#guess(code));
      // Of a connection that was kept: what only asks is asked again.
      if (this.#kept === undefined) failure.code = 'EPIPE';
      this.destroy(failure);
    }
  }

  /** 255 is ssh's own; anything else is of the program on the other side. */
  #guess(code: number | null): string {
    return code === 255
      ? `ssh has lost the connection to ${this.#program.address.host}`
      : `ssh ended with code ${code}`;
  }

  #pass(child: ChildProcessWithoutNullStreams, chunk: Buffer, done?: () => void): void {
    child.stdin.write(chunk, (error) => {
      if (!error) this.#takenBytes += chunk.length;
      if (this.#takenBytes > mostTakenBytes) this.#kept = undefined;
      done?.();
    });
  }
}

/** What of it keeps Node alive. */
function handlesOf(child: ChildProcessWithoutNullStreams | undefined): Handle[] {
  return child === undefined ? [] : [child, ...(child.stdio.slice(0, 3) as unknown as Handle[])];
}

interface Handle {
  ref(): void;
  unref(): void;
}

function startSession({ address, environment }: SshProgram, login: SshLogin): ChildProcessWithoutNullStreams {
  const options = [...optionsOf(usual), ...login.sessionOptions];
  const words = ['-T', ...options, ...destinationOf(address), 'docker', 'system', 'dial-stdio'];
  // Who has logged in has nothing to ask: Ctrl-C at the terminal is not for those.
  return spawn('ssh', words, { env: environment, detached: login.isShared });
}
