import { join } from 'node:path';
import { type ControlFolder, makeControlFolder } from './control-folder.js';
import { logIn, refused, type SshLogin, unsharedLogin, useOwnSharing } from './ssh-login.js';
import { readSshConfig, type SshProgram } from './ssh-program.js';
import { SshSession } from './ssh-session.js';

/** Most calls are over sooner than another login: so long the session of one of them is waited for. */
const patienceMs = 300;

/** What somebody who waits gets: a session that is needed no more, room for one of its own, or no more patience. */
type Offer = SshSession | 'room' | 'too late';

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
  readonly #waiting = new Set<(offer: Offer) => void>();

  constructor(program: SshProgram) {
    this.#program = program;
  }

  /** A new one, or one that somebody passes on. Throws what ssh says when it cannot log in. */
  async session(): Promise<SshSession> {
    for (let offer: Offer = 'room'; ; ) {
      if (this.#closing.signal.aborted) throw refused('the connection was closed');
      this.#logins = this.#logins.filter((login) => login.isOpen());
      const login = this.#logins.find(({ isShared, sessions }) => !isShared || sessions < this.#limit);
      if (login !== undefined) return this.#begin(login);
      if (this.#logins.length > 0 && offer !== 'too late') {
        offer = await this.#offer();
        if (typeof offer === 'object' && !offer.hasEnded) return offer;
        continue;
      }
      this.#opening ??= this.#open().finally(() => {
        this.#opening = undefined;
      });
      await this.#opening;
    }
  }

  /** Whether somebody waits for a session. */
  get isCrowded(): boolean {
    return this.#waiting.size > 0;
  }

  /** For whoever waits longest. */
  pass(session: SshSession): void {
    const [next] = this.#waiting;
    if (next === undefined) session.kill();
    else next(session);
  }

  close(): void {
    this.#closing.abort();
    this.#folder?.close();
  }

  #begin(login: SshLogin): SshSession {
    login.sessions++;
    return new SshSession(this.#program, login, (how) => {
      login.sessions--;
      if (how === 'refused') this.#learn(login);
      const [next] = this.#waiting;
      next?.('room');
    });
  }

  /** A session that was alone is refused because of the login, which may be gone since long: it is given up. */
  #learn(login: SshLogin): void {
    if (login.sessions === 0) this.#logins = this.#logins.filter((each) => each !== login);
    else if (login.isOpen()) this.#limit = Math.min(this.#limit, login.sessions);
  }

  #offer(): Promise<Offer> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => take('too late'), patienceMs);
      const take = (offer: Offer) => {
        clearTimeout(timer);
        this.#waiting.delete(take);
        resolve(offer);
      };
      this.#waiting.add(take);
    });
  }

  async #open(): Promise<void> {
    const login = await this.#next();
    this.#made++;
    this.#logins.push(login);
    for (const take of [...this.#waiting]) take('room');
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
    const path = join(this.#folder.path, String(this.#made));
    const login = await logIn(this.#program, this.#config, path, signal);
    // Not every program of that name shares.
    return login.isOpen() ? login : unsharedLogin();
  }
}
