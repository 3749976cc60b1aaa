import { copyFile, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { nodeOfVersion } from '../setup/node-of-version.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { SetupError } from '../setup/say.mjs';

/** The newest whose program needs no library that fresh systems lack: docs/decisions/0026-one-file-with-node-in-it.md. */
const usual = '24';
/** The first that can be told to leave `--env-file` to us. */
const oldest = [24, 7];
/** The first that makes executables by itself. */
const joining = [25, 5];

/**
 * @typedef {{program: string, version: string, joins: boolean}} NodeProgram
 *   `joins`: whether it makes executables by itself
 */

/**
 * The Node that goes into the executable.
 * @param {string} [wish] a version, as `24` or `24.21.0`, which comes from the registry of npm, or a path
 * @returns {Promise<{detail: string, value: NodeProgram}>}
 */
export async function nodeFor(wish = usual) {
  const isVersion = /^\d+(\.\d+){0,2}$/.test(wish);
  const program = isVersion ? await nodeOfVersion(wish) : resolve(wish);
  const { exitCode, output } = await runCommand([program, '--version'], { output: 'keep' });
  const version = /^v(\d+\.\d+\.\d+)\n$/.exec(output)?.[1];
  if (exitCode !== 0 || version === undefined) throw new SetupError(`${program} is no Node that runs here`);
  if (!isSince(version, oldest)) {
    throw new SetupError(`${program} is Node ${version}; executables are made from ${oldest.join('.')} on`);
  }
  return { detail: `${version}, ${program}`, value: { program, version, joins: isSince(version, joining) } };
}

function isSince(version, [major, minor]) {
  const [itsMajor, itsMinor] = version.split('.').map(Number);
  return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}

/** A copy of Node's program, without its table of symbols (a seventh of it) where strip(1) is there to leave that out. */
export async function copyWithoutSymbols({ program }, copy) {
  if (process.platform === 'linux') {
    const { exitCode } = await runCommand(['strip', '-s', '-o', copy, program], { output: 'keep' });
    if (exitCode === 0) return { detail: 'left out' };
  }
  await copyFile(program, copy);
  return { detail: 'kept: no strip(1) here for that' };
}

/** The licence of Node, which lies beside its program where that was unpacked. None where it was installed. */
export async function noticeOf({ program, version }) {
  const text = await readFile(join(dirname(program), '../LICENSE'), 'utf8').catch(() => undefined);
  return text === undefined ? [] : [`== Node.js ${version}\n\n${text.trim()}`];
}
