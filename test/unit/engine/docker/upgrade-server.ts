import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** What of a node server is needed to hand connections over. */
type Upgrading = Pick<Server, 'on' | 'listen' | 'address' | 'close'>;

/**
 * Something that hands a connection over as an engine does, and answers only once the other half is closed: with the
 * digest of everything that came in. An engine that ends both halves at once would lose the answer.
 */
export function handOver(server: Upgrading): void {
  server.on('upgrade', (_request: unknown, connection: Duplex) => {
    connection.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
    const digest = createHash('sha256');
    connection.on('error', () => {});
    connection.on('data', (chunk: Buffer) => digest.update(chunk));
    connection.on('end', () => connection.end(digest.digest('hex')));
  });
}

/** Answers the ping, and makes programs. */
export const answer: RequestListener = (request, response) => {
  response.setHeader('Api-Version', '1.41');
  request.resume();
  if (request.url?.endsWith('/exec')) response.statusCode = 201;
  response.end(request.url?.endsWith('/exec') ? '{"Id": "e1"}' : 'OK');
};

export function plainServer(): Server {
  const server = createServer({ keepAliveTimeout: 0 }, answer);
  handOver(server);
  return server;
}

export async function listen(server: Upgrading, where: string | number): Promise<number> {
  await new Promise<void>((resolve) => {
    if (typeof where === 'string') server.listen(where, resolve);
    else server.listen(where, '127.0.0.1', resolve);
  });
  return typeof where === 'string' ? 0 : (server.address() as AddressInfo).port;
}
