import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { refusalMark, type SshLogin, usual } from './ssh-login.js';
import { destinationOf, optionsOf, type SshProgram } from './ssh-program.js';

/** How a session ended that somebody used. */
export type SessionEnd =
  | { readonly kind: 'done' }
  /** The host did not let it in; nothing of what was written has been read. */
  | { readonly kind: 'refused'; readonly words: string }
  | { readonly kind: 'failed'; readonly words: string; readonly error?: Error };

/** Who reads what a session says. */
export interface SessionUser {
  /** Whether there may be more at once. */
  takeIn(chunk: Buffer): boolean;
  ended(end: SessionEnd): void;
}

/** `docker system dial-stdio` on the other side: for one user at a time, and for another one later. */
export class SshSession {
  readonly login: SshLogin;
  readonly #host: string;
  readonly #child: ChildProcessWithoutNullStreams;
  #user: SessionUser | undefined;
  #complaint = '';
  #hasEnded = false;

  /** `onEnd` comes before its user hears of it. */
  constructor(
    { address, environment }: SshProgram,
    login: SshLogin,
    onEnd: (how: 'refused' | 'let in') => void,
  ) {
    this.login = login;
    this.#host = address.host;
    const options = [...optionsOf(usual), ...login.sessionOptions];
    const words = ['-T', ...options, ...destinationOf(address), 'docker', 'system', 'dial-stdio'];
    // Who has logged in has nothing to ask: Ctrl-C at the terminal is not for those.
    this.#child = spawn('ssh', words, { env: environment, detached: login.isShared });
    const { stdin, stdout, stderr } = this.#child;
    stdout.on('data', (chunk: Buffer) => {
      if (this.#user?.takeIn(chunk) === false) stdout.pause();
    });
    stderr.on('data', (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk.toString()).slice(-500);
    });
    stdin.on('error', () => {}); // The end of the process tells more.
    this.#child.once('error', (error) => this.#user?.ended({ kind: 'failed', words: error.message, error }));
    this.#child.once('close', (code) => {
      this.#hasEnded = true;
      const end = this.#endWith(code);
      onEnd(end.kind === 'refused' ? 'refused' : 'let in');
      this.#user?.ended(end);
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Without one nothing is expected of it, and it does not keep Node alive. */
  set user(user: SessionUser | undefined) {
    this.#user = user;
    this.keepAlive(user === undefined ? 'no' : 'yes');
  }

  keepAlive(keeps: 'yes' | 'no'): void {
    const handles = [this.#child, ...(this.#child.stdio.slice(0, 3) as unknown as Handle[])];
    for (const each of handles) keeps === 'yes' ? each.ref() : each.unref();
  }

  /** `done` gets an error when it was not taken. */
  write(chunk: Buffer, done: (error?: Error | null) => void): void {
    this.#child.stdin.write(chunk, done);
  }

  /** There is no more to write. */
  finish(done: () => void): void {
    this.#child.stdin.end(() => done());
  }

  resume(): void {
    this.#child.stdout.resume();
  }

  kill(): void {
    this.#child.kill();
  }

  #endWith(code: number | null): SessionEnd {
    const [words = '', ...refusal] = this.#complaint.split(refusalMark);
    if (refusal.length > 0) return { kind: 'refused', words: words.trim() || this.#guess(255) };
    if (code === 0) return { kind: 'done' };
    return { kind: 'failed', words: words.trim() || this.login.lastWords() || this.#guess(code) };
  }

  /** 255 is ssh's own; anything else is of the program on the other side. */
  #guess(code: number | null): string {
    return code === 255 ? `ssh has lost the connection to ${this.#host}` : `ssh ended with code ${code}`;
  }
}

/** What keeps Node alive. */
interface Handle {
  ref(): void;
  unref(): void;
}
