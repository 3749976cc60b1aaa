import { copyFile, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { nodeOfVersion } from '../setup/node-of-version.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { SetupError } from '../setup/say.mjs';

/** The first that makes executables by itself. */
const oldest = [25, 5];
/** Taken from the registry of npm when the Node that runs us is older. */
const supported = '26';

/**
 * The program of Node that goes into the executable, and makes it.
 * @param {string | undefined} wish a version, as `26` or `26.10.0`, or a path
 */
export async function nodeFor(wish) {
  const isVersion = wish !== undefined && /^\d+(\.\d+){0,2}$/.test(wish);
  const program = wish === undefined || isVersion ? await nodeOf(wish) : resolve(wish);
  const { exitCode, output } = await runCommand([program, '--version'], { output: 'keep' });
  if (exitCode !== 0) throw new SetupError(`${program} does not run here: ${output.trim()}`);
  const version = output.trim();
  if (!isNewEnough(version)) {
    throw new SetupError(
      `${program} is Node ${version}; from ${oldest.join('.')} on, Node makes executables`,
    );
  }
  return { detail: `${version}, ${program}`, value: program };
}

function nodeOf(version) {
  return version === undefined && isNewEnough(process.version)
    ? process.execPath
    : nodeOfVersion(version ?? supported);
}

function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** A copy of Node's program without its table of symbols, a fifth of it, where strip(1) is there to make it. */
export async function withoutSymbols(node, work) {
  const copy = join(work, 'node');
  if (process.platform === 'linux') {
    const { exitCode } = await runCommand(['strip', '-s', '-o', copy, node], { output: 'keep' });
    if (exitCode === 0) return { detail: 'left out', value: copy };
  }
  await copyFile(node, copy);
  return { detail: 'kept: there is no strip(1) for them', value: copy };
}

/** The licence of Node, which lies beside its program where that was unpacked. None where it was installed. */
export async function noticeOf(node) {
  const text = await readFile(join(dirname(node), '../LICENSE'), 'utf8').catch(() => undefined);
  return text === undefined ? [] : [`== Node.js\n\n${text.trim()}`];
}
