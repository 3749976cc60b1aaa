import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { aptGet } from './install-docker.mjs';
import { lastLines, mustRun, runCommand } from './run-command.mjs';
import { SetupError } from './say.mjs';
import { isDebianLike } from './this-machine.mjs';

/**
 * Where a program is installed, if it is.
 * @param {string} name
 * @param {string[]} more directories beside those of the PATH
 * @returns {string | undefined}
 */
export function installedProgram(name, more = []) {
  return [...(process.env.PATH ?? '').split(delimiter), ...more]
    .map((dir) => join(dir, name))
    .find((path) => existsSync(path));
}

/**
 * The folder with packages that were unpacked once into the user's cache, under the name of the first; undefined where
 * there are no such packages.
 * @param {[string, ...string[]]} names
 * @returns {Promise<string | undefined>}
 */
export async function unpackedPackages(names) {
  if (process.platform !== 'linux' || !isDebianLike(osRelease())) return undefined;
  const dir = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tscompose', names[0]);
  if (!existsSync(dir)) await unpackInto(dir, names);
  return dir;
}

/** Whole or not at all: several tests may be at it. */
async function unpackInto(dir, names) {
  const unfinished = `${dir}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    for (const name of names) await unpackPackage(name, unfinished);
    await rename(unfinished, dir).catch((error) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

function osRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/**
 * Unpacks a package of this machine's distribution into a folder; nothing is installed.
 * @param {string} name
 * @param {string} dir
 */
export async function unpackPackage(name, dir) {
  const downloads = await mkdtemp(join(tmpdir(), 'tscompose-package-'));
  try {
    await mustRun(['dpkg-deb', '-x', await download(name, downloads), dir]);
  } finally {
    await rm(downloads, { recursive: true, force: true });
  }
}

/** `apt-get download` needs no root, but the package lists, which a small machine may not have yet. */
async function download(name, dir) {
  const attempt = () =>
    runCommand(['apt-get', 'download', '-q', '-o', 'APT::Sandbox::User=root', name], {
      cwd: dir,
      output: 'keep',
    });
  let result = await attempt();
  if (result.exitCode !== 0 && process.getuid?.() === 0) {
    await aptGet('update');
    result = await attempt();
  }
  const file = (await readdir(dir)).find((entry) => entry.endsWith('.deb'));
  if (result.exitCode === 0 && file !== undefined) return join(dir, file);
  throw new SetupError(
    `The Debian package ${name} cannot be downloaded either:\n${lastLines(result.output, 5)}`,
  );
}
