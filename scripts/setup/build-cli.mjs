import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, npmCommand } from './run-command.mjs';

const sources = ['src', 'schema', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** `npm run build` when a source is newer than what was built. */
export async function buildCli(root) {
  const builtAtMs = await newestMs(join(root, 'dist/cli/bin.js'));
  const changedAtMs = Math.max(...(await Promise.all(sources.map((name) => newestMs(join(root, name))))));
  // The types are written last: without them the build before was cut short.
  const isComplete = (await newestMs(join(root, 'dist/types/index.d.ts'))) > 0;
  if (isComplete && builtAtMs > changedAtMs) return { detail: 'up to date' };
  await mustRun(npmCommand('run', 'build'), { cwd: root });
  return { detail: 'dist/ is built' };
}

/** Time of the newest file in a folder or of a file; 0 when there is none. */
async function newestMs(path) {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  const names = await readdir(path);
  // The folder's own time tells of removed files.
  return Math.max(stats.mtimeMs, ...(await Promise.all(names.map((name) => newestMs(join(path, name))))));
}
