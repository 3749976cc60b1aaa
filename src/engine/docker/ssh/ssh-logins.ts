import { join } from 'node:path';
import { type ControlFolder, makeControlFolder } from './control-folder.js';
import { logIn, refused, type SshLogin, unsharedLogin, useOwnSharing } from './ssh-login.js';
import { readSshConfig, type SshProgram } from './ssh-program.js';

/**
 * As many logins as are needed: the next one begins when the one before has all sessions that the server lets it have.
 * One at a time, so that nobody is asked twice at once, and since servers turn away who comes with many.
 */
export class SshLogins {
  readonly #program: SshProgram;
  readonly #closing = new AbortController();
  #logins: SshLogin[] = [];
  #opening: Promise<void> | undefined;
  #config: ReadonlyMap<string, string> | undefined;
  #folder: ControlFolder | undefined;
  #made = 0;
  /** Sessions for one login: what sshd has for MaxSessions, until a server shows that it lets have fewer. */
  #limit = 10;

  constructor(program: SshProgram) {
    this.#program = program;
  }

  /** One with room for a session, which is counted from now on. Throws what ssh says when it cannot log in. */
  async enter(): Promise<SshLogin> {
    for (;;) {
      this.#logins = this.#logins.filter((login) => login.isOpen());
      const login = this.#logins.find(({ sessions }) => sessions < this.#limit);
      if (login !== undefined) {
        login.sessions++;
        return login;
      }
      this.#opening ??= this.#open().finally(() => {
        this.#opening = undefined;
      });
      await this.#opening;
    }
  }

  leave(login: SshLogin): void {
    login.sessions--;
  }

  /**
   * For a session that was not let in. One that was alone there is not let in because of the login: that is given up,
   * and may be gone since long. Whether there were others.
   */
  leaveRefused(login: SshLogin): 'among-others' | 'alone' {
    login.sessions--;
    if (login.sessions > 0) {
      if (login.isOpen()) this.#limit = Math.min(this.#limit, login.sessions);
      return 'among-others';
    }
    this.#logins = this.#logins.filter((each) => each !== login);
    return 'alone';
  }

  close(): void {
    this.#closing.abort();
    this.#folder?.close();
  }

  async #open(): Promise<void> {
    const { signal } = this.#closing;
    const login = await this.#next();
    if (signal.aborted) throw refused('the connection was closed');
    this.#made++;
    this.#logins.push(login);
  }

  async #next(): Promise<SshLogin> {
    // Its Windows edition does not share.
    if (process.platform === 'win32') return unsharedLogin();
    const { signal } = this.#closing;
    this.#config ??= await readSshConfig(this.#program);
    const own = this.#config.get('controlpath') ?? 'none';
    if (own !== 'none' && this.#made === 0) return useOwnSharing(this.#program, this.#config, signal);
    this.#folder ??= await makeControlFolder(this.#program.environment);
    if (signal.aborted) this.#folder.close();
    const login = await logIn(
      this.#program,
      this.#config,
      join(this.#folder.path, String(this.#made)),
      signal,
    );
    // Not every program of that name shares.
    return login.isOpen() ? login : unsharedLogin();
  }
}
