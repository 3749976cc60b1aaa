import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, npmCommand } from './run-command.mjs';

const cache = join(import.meta.dirname, '../../node_modules/.cache/nodes');

/**
 * The program of another Node, from the registry of npm, which is asked only the first time.
 * @param {string} version `24`, or all of it
 */
export async function nodeOfVersion(version) {
  const folder = join(cache, version);
  const name = `node-${process.platform}-${process.arch}`;
  const program = join(folder, 'node_modules', name, 'bin/node');
  if (!existsSync(program)) {
    await mkdir(folder, { recursive: true });
    await mustRun(npmCommand('install', '--no-save', '--prefix', folder, `${name}@${version}`), {
      cwd: folder,
    });
  }
  return program;
}
