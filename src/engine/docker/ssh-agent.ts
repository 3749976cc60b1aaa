import { type ChildProcess, spawn } from 'node:child_process';
import http from 'node:http';
import { Duplex } from 'node:stream';
import type { EngineAddress } from './engine-address.js';

/**
 * Reaches an engine through `ssh HOST docker system dial-stdio`, as the docker command does: the user's own ssh
 * client brings keys, known hosts and configuration with it. One ssh process per connection.
 */
export class SshAgent extends http.Agent {
  readonly #arguments: string[];
  readonly #children = new Set<ChildProcess>();

  constructor(address: Extract<EngineAddress, { kind: 'ssh' }>) {
    super({ keepAlive: false });
    this.#arguments = [
      ...['-o', 'ConnectTimeout=30', '-T'],
      ...(address.user === undefined ? [] : ['-l', address.user]),
      ...(address.port === undefined ? [] : ['-p', String(address.port)]),
      ...['--', address.host, 'docker', 'system', 'dial-stdio'],
    ];
  }

  override createConnection(): Duplex {
    const child = spawn('ssh', this.#arguments, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#children.add(child);
    const connection = Duplex.from({ readable: child.stdout, writable: child.stdin });
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => {
      complaint = (complaint + text.toString()).slice(-500);
    });
    child.once('error', (error) => connection.destroy(error));
    child.once('close', (code) => {
      this.#children.delete(child);
      if (code !== 0 && !connection.destroyed) connection.destroy(sshFailure(code, complaint));
    });
    connection.once('close', () => child.kill());
    return connection;
  }

  override destroy(): void {
    for (const child of this.#children) child.kill();
    super.destroy();
  }
}

function sshFailure(code: number | null, complaint: string): Error {
  const error: NodeJS.ErrnoException = new Error(complaint.trim() || `ssh ended with code ${code}`);
  error.code = 'ECONNREFUSED';
  return error;
}
