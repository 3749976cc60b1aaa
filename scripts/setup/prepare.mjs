import { buildCli } from './build-cli.mjs';
import { askEngine, engineEnvironment } from './engine-api.mjs';
import { ensureEngine } from './ensure-engine.mjs';
import { ensureImages } from './ensure-images.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { SetupError, step } from './say.mjs';

/**
 * Everything that `npm run demo` and `npm test` need on a fresh machine, in order; what is there already is kept.
 * @param {string} root the checkout
 * @returns {Promise<{address: import('./engine-addresses.mjs').EngineAddress, env: Record<string, string | undefined>}>}
 *   the engine, and the environment in which the CLI and the tests find it
 */
export async function prepare(root) {
  await prepareCli(root);
  const address = await step('engine', async () => {
    const { address: found, how } = await ensureEngine();
    return { detail: `${await describe(found)}, ${how} at ${found.url}`, value: found };
  });
  await step('images', () => ensureImages(address));
  return { address, env: { ...process.env, ...engineEnvironment(address) } };
}

/** The part that needs no engine. */
export async function prepareCli(root) {
  checkNode(process.versions.node);
  await step('dependencies', () => installDependencies(root));
  await step('build', () => buildCli(root));
}

function checkNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(`tscompose needs Node 20.19 or newer; this is Node ${version}.`);
}

/** `Docker Engine 20.10.24` */
async function describe(address) {
  const { Version, Components } = JSON.parse((await askEngine(address, { path: '/version' })).body);
  const isPodman = Components?.some(({ Name }) => Name.startsWith('Podman')) === true;
  return `${isPodman ? 'Podman' : 'Docker Engine'} ${Version.split('+')[0]}`;
}
