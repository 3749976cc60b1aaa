import http from 'node:http';
import type { Duplex } from 'node:stream';
import { SshConnection } from './ssh-connection.js';
import { SshLogins } from './ssh-logins.js';
import type { SshAddress } from './ssh-program.js';

/** Connections that are kept while nobody uses them: each is two programs, here and there. */
const mostIdle = 10;

/**
 * Reaches an engine through `ssh HOST docker system dial-stdio`, as the docker command does: the user's own ssh
 * client brings keys, known hosts and configuration with it. One login serves for many connections: decision 25.
 */
export class SshAgent extends http.Agent {
  readonly #logins: SshLogins;
  readonly #connections = new Set<SshConnection>();

  /** `environment` has the PATH to ssh, and the socket of the user's key agent. */
  constructor(address: SshAddress, environment: ReadonlyMap<string, string>) {
    super({ keepAlive: true, maxFreeSockets: mostIdle });
    this.#logins = new SshLogins({ address, environment: Object.fromEntries(environment) });
  }

  override createConnection(): Duplex {
    const connection = new SshConnection(this.#logins);
    this.#connections.add(connection);
    connection.once('close', () => this.#connections.delete(connection));
    return connection;
  }

  // Node's own would set what only sockets have.
  override keepSocketAlive(connection: Duplex): boolean {
    const session = this.#logins.isCrowded ? (connection as SshConnection).giveUp() : undefined;
    if (session !== undefined) this.#logins.pass(session);
    else (connection as SshConnection).unref();
    return session === undefined;
  }

  override destroy(): void {
    for (const connection of this.#connections) connection.destroy();
    super.destroy();
    this.#logins.close();
  }
}
