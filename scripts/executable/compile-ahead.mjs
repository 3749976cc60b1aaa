import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { runCommand } from '../setup/run-command.mjs';
import { SetupError } from '../setup/say.mjs';
import { packExecutable } from './pack.mjs';

/** Reads files, plans, and asks an engine that is not there: what most commands have in common. */
const command = 'up';
const compose = 'services:\n  web:\n    image: busybox\n';

/**
 * Adds to the parts what V8 has compiled by the end of a command, as each leaves it in the user's cache
 * (docs/decisions/0011-what-v8-compiled-is-kept.md): no first run has to compile that. An executable without it is made
 * and run for that, since V8 takes only what the same Node has made of the same text.
 * @returns {Promise<{detail: string}>}
 */
export async function compileAhead({ node, base, parts, work }) {
  parts.assets['program.code'] = join(work, 'none.code');
  await writeFile(parts.assets['program.code'], '');
  const file = join(work, 'first');
  await packExecutable({ node, base, parts, work, file });
  const code = await codeOf(file, work);
  parts.assets['program.code'] = code;
  const { size } = await stat(code);
  return { detail: `${(size / 1e6).toFixed(1)} MB, by the end of ${command}` };
}

/** The file that a run leaves. */
async function codeOf(executable, work) {
  const cwd = join(work, 'project');
  await mkdir(cwd);
  await writeFile(join(cwd, 'compose.yaml'), compose);
  const env = { XDG_CACHE_HOME: join(work, 'cache'), DOCKER_HOST: `unix://${join(work, 'no-engine.sock')}` };
  const { output } = await runCommand([executable, command], { cwd, env, output: 'keep' });
  const folder = join(work, 'cache/tscompose/code');
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const code = files.find((path) => path.endsWith(`${sep}${command}`));
  if (code === undefined) throw new SetupError(`${executable} ${command} has left no code: ${output}`);
  return join(folder, code);
}
