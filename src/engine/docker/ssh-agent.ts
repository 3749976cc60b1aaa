import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import http from 'node:http';
import { Duplex } from 'node:stream';
import type { EngineAddress } from './engine-address.js';

/**
 * Reaches an engine through `ssh HOST docker system dial-stdio`, as the docker command does: the user's own ssh
 * client brings keys, known hosts and configuration with it. One ssh process per connection.
 */
export class SshAgent extends http.Agent {
  readonly #arguments: string[];
  readonly #environment: ReadonlyMap<string, string>;
  readonly #connections = new Set<SshConnection>();

  /** `environment` has the PATH to ssh, and the socket of the user's key agent. */
  constructor(address: Extract<EngineAddress, { kind: 'ssh' }>, environment: ReadonlyMap<string, string>) {
    super({ keepAlive: false });
    this.#environment = environment;
    this.#arguments = [
      ...['-o', 'ConnectTimeout=30', '-T'],
      ...(address.user === undefined ? [] : ['-l', address.user]),
      ...(address.port === undefined ? [] : ['-p', String(address.port)]),
      ...['--', address.host, 'docker', 'system', 'dial-stdio'],
    ];
  }

  override createConnection(): Duplex {
    const child = spawn('ssh', this.#arguments, { env: Object.fromEntries(this.#environment) });
    const connection = new SshConnection(child);
    this.#connections.add(connection);
    connection.once('close', () => this.#connections.delete(connection));
    return connection;
  }

  override destroy(): void {
    for (const connection of this.#connections) connection.destroy();
    super.destroy();
  }
}

/** Standard input and output of an ssh process as one stream, which ends with what ssh has to complain about. */
class SshConnection extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;
  #complaint = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    super();
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk.toString()).slice(-500);
    });
    child.stdin.on('error', () => {}); // The end of the process tells more.
    child.once('error', (error) => this.destroy(error));
    child.once('close', (code) => this.#end(code));
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#child.stdin.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }

  #end(code: number | null): void {
    if (this.destroyed) return;
    if (code === 0) {
      this.push(null);
      return;
    }
    const error: NodeJS.ErrnoException = new Error(this.#complaint.trim() || `ssh ended with code ${code}`);
    error.code = 'ECONNREFUSED';
    this.destroy(error);
  }
}
