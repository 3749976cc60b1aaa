import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installedProgram, unpackedPackages } from './debian-package.mjs';

/**
 * An ssh server for tests: the installed `sshd`, else that of Debian's package openssh-server, which is unpacked once
 * into the user's cache and not installed. undefined where there is no such package.
 * `libraries` are folders for LD_LIBRARY_PATH, `config` lines that say where its parts are.
 * @returns {Promise<{path: string, libraries: string[], config: string[], origin: string} | undefined>}
 */
export async function sshServerProgram() {
  const installed = installedProgram('sshd', ['/usr/sbin', '/usr/local/sbin']);
  if (installed !== undefined) return { path: installed, libraries: [], config: [], origin: installed };
  const dir = await unpackedPackages(['openssh-server', 'libwrap0']);
  if (dir === undefined) return undefined;
  return {
    path: join(dir, 'usr/sbin/sshd'),
    libraries: librariesIn(dir),
    config: partsIn(dir),
    origin: 'the Debian package openssh-server',
  };
}

/** `/usr/lib/x86_64-linux-gnu`, and without `/usr` in older releases. */
function librariesIn(dir) {
  return ['lib', 'usr/lib'].flatMap((below) => {
    const parent = join(dir, below);
    if (!existsSync(parent)) return [];
    return readdirSync(parent)
      .filter((name) => name.endsWith('-linux-gnu'))
      .map((name) => join(parent, name));
  });
}

/** From OpenSSH 9.8 on the server is several programs. */
function partsIn(dir) {
  return [
    ['SshdSessionPath', 'sshd-session'],
    ['SshdAuthPath', 'sshd-auth'],
  ]
    .map(([option, name]) => [option, join(dir, 'usr/lib/openssh', name)])
    .filter(([, path]) => existsSync(path))
    .map((words) => words.join(' '));
}
