// A socket in front of an engine's socket that counts what goes through.
import { connect, createServer } from 'node:net';

/**
 * @param {string} path where to listen
 * @param {string} target socket of the engine
 */
export async function countingProxy(path, target) {
  let sentBytes = 0;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const engine = connect({ path: target, allowHalfOpen: true });
    client.on('data', (chunk) => {
      sentBytes += chunk.length;
    });
    client.on('error', () => engine.destroy()).pipe(engine);
    engine.on('error', () => client.destroy()).pipe(client);
  });
  await new Promise((resolve) => server.listen(path, resolve));
  return {
    url: `unix://${path}`,
    /** Bytes that went to the engine since the last time this was asked. */
    takeSentBytes() {
      const taken = sentBytes;
      sentBytes = 0;
      return taken;
    },
    close: () => server.close(),
  };
}
