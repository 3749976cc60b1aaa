import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, npmCommand } from './run-command.mjs';
import { note } from './say.mjs';

/** `npm ci` when node_modules is not what package-lock.json asks for. */
export async function installDependencies(root) {
  const wanted = await readLock(join(root, 'package-lock.json'));
  const installed = await readLock(join(root, 'node_modules/.package-lock.json'));
  if (wanted === undefined) throw new Error('package-lock.json is missing or not JSON');
  if (isInstalled(wanted, installed)) return { detail: 'installed already' };
  note('npm ci');
  // NODE_ENV=production in somebody's shell would leave the build tools out.
  await mustRun(npmCommand('ci', '--include=dev', '--no-audit', '--no-fund'), { cwd: root });
  return { detail: 'installed from package-lock.json' };
}

/**
 * Whether each package of the lock file is there in its version. Compares contents, not dates: a `git checkout` makes
 * any file look new. A package for another platform may be missing.
 * @param {Record<string, {version?: string, optional?: boolean}>} wanted
 * @param {Record<string, {version?: string}> | undefined} installed
 */
export function isInstalled(wanted, installed) {
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
