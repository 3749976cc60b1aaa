import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { runCommand } from '../setup/run-command.mjs';
import { SetupError } from '../setup/say.mjs';

/** Reads files, plans, and asks an engine that is not there: what most commands have in common. */
const command = 'up';
const compose = 'services:\n  web:\n    image: busybox\n';

/**
 * What V8 has compiled by the end of a command, as each leaves it in the user's cache
 * (docs/decisions/0011-what-v8-compiled-is-kept.md): no first run has to compile that. V8 takes it where the same Node
 * made it of the same text.
 * @param {import('./node-program.mjs').NodeProgram} node
 * @param {string} bin what starts the program when that is a file
 * @returns {Promise<{detail: string, value: string}>} a file
 */
export async function compileAhead({ program }, bin, work) {
  const cwd = join(work, 'project');
  const cache = join(work, 'cache');
  await mkdir(cwd);
  await writeFile(join(cwd, 'compose.yaml'), compose);
  const env = { XDG_CACHE_HOME: cache, DOCKER_HOST: `unix://${join(work, 'no-engine.sock')}` };
  const { output } = await runCommand([program, bin, command], { cwd, env, output: 'keep' });
  const files = await readdir(cache, { recursive: true }).catch(() => []);
  const code = files.find((path) => path.endsWith(`${sep}${command}`));
  if (code === undefined) throw new SetupError(`${command} has left no code in ${cache}:\n${output}`);
  const { size } = await stat(join(cache, code));
  return { detail: `${(size / 1e6).toFixed(1)} MB, by the end of ${command}`, value: join(cache, code) };
}
