import http from 'node:http';
import type { EngineAddress } from './engine-address.js';

/** A way to send HTTP requests to one engine. */
export interface Transport {
  request(options: http.RequestOptions): http.ClientRequest;
  /** Ends every connection, also those in use. */
  close(): void;
}

/**
 * Connections are kept and reused; idle ones do not keep Node alive. The number of connections has no limit: event
 * and log streams hold theirs for long, and whoever starts work limits how much of it runs at once.
 */
export async function openTransport(
  address: EngineAddress,
  environment: ReadonlyMap<string, string>,
): Promise<Transport> {
  if (address.kind === 'tcp' && address.tls !== undefined) return openTls(address, address.tls);
  const agent =
    address.kind === 'ssh' ? await sshAgent(address, environment) : new http.Agent({ keepAlive: true });
  const target = targetOf(address);
  return {
    request: (options) => http.request({ ...options, ...target, ...unnamed, agent }),
    close: () => agent.destroy(),
  };
}

/**
 * A name is for TLS only. Where it is left open, Node finds out for each request whether the host is an address, and
 * compiles long expressions for that.
 */
const unnamed = { servername: '' };

/** Starting programs is not read in for a socket. */
async function sshAgent(
  address: Extract<EngineAddress, { kind: 'ssh' }>,
  environment: ReadonlyMap<string, string>,
): Promise<http.Agent> {
  const { SshAgent } = await import('./ssh/ssh-agent.js');
  return new SshAgent(address, environment);
}

async function openTls(
  address: Extract<EngineAddress, { kind: 'tcp' }>,
  tls: NonNullable<Extract<EngineAddress, { kind: 'tcp' }>['tls']>,
): Promise<Transport> {
  // Most people have a socket: TLS is not read in for them.
  const https = await import('node:https');
  const agent = new https.Agent({
    keepAlive: true,
    rejectUnauthorized: tls.verification === 'verify',
    ca: tls.ca,
    cert: tls.cert,
    key: tls.key,
  });
  return {
    request: (options) => https.request({ ...options, ...targetOf(address), agent }),
    close: () => agent.destroy(),
  };
}

function targetOf(address: EngineAddress): http.RequestOptions {
  if (address.kind === 'socket') return { socketPath: address.path };
  if (address.kind === 'tcp') return { host: address.host, port: address.port };
  return { host: 'docker.example.com' };
}
