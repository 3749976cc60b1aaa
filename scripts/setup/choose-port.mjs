import { createServer } from 'node:net';
import { askEngine } from './engine-api.mjs';
import { SetupError } from './say.mjs';

const attempts = 100;

/**
 * The host port of the demo: the wanted one, else the one on which it runs already (a second run must change nothing),
 * else the first free one.
 * @param {{project: string, wanted: string | undefined, first: number}} options
 * @returns {Promise<number | string>}
 */
export async function choosePort(address, { project, wanted, first }) {
  if (wanted) return wanted;
  const published = await publishedPort(address, project);
  if (published !== undefined) return published;
  for (let port = first; port < first + attempts; port++) {
    if (await isFree(port)) return port;
  }
  throw new SetupError(`No port from ${first} to ${first + attempts - 1} is free.`);
}

async function publishedPort(address, project) {
  const filters = encodeURIComponent(JSON.stringify({ label: [`com.docker.compose.project=${project}`] }));
  const { status, body } = await askEngine(address, { path: `/containers/json?filters=${filters}` });
  if (status !== 200) return undefined;
  const ports = JSON.parse(body).flatMap((container) => container.Ports ?? []);
  return ports.find(({ PublicPort }) => PublicPort)?.PublicPort;
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
