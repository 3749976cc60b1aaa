import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptGet } from './install-docker.mjs';
import { lastLines, mustRun, runCommand } from './run-command.mjs';
import { SetupError } from './say.mjs';

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
