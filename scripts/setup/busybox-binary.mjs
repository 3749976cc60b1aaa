import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptGet } from './install-docker.mjs';
import { lastLines, mustRun, runCommand } from './run-command.mjs';
import { SetupError } from './say.mjs';

/** Programs that the examples and tests use inside containers. */
const neededApplets = ['sh', 'httpd', 'wget', 'nc', 'sleep', 'id', 'cat', 'wc', 'sed', 'timeout', 'stat'];

/**
 * A statically linked busybox for this machine's processor and the names it answers to: the installed one, else that
 * of the Debian package busybox-static, which is unpacked, not installed.
 * @returns {Promise<{binary: Buffer, applets: string[], origin: string}>}
 */
export async function busyboxBinary() {
  for (const path of ['/bin/busybox', '/usr/bin/busybox']) {
    const installed = readBusybox(path);
    if (installed !== undefined) return { ...installed, origin: path };
  }
  const dir = await mkdtemp(join(tmpdir(), 'tscompose-busybox-'));
  try {
    const packageFile = await downloadPackage(dir);
    await mustRun(['dpkg-deb', '-x', packageFile, dir]);
    for (const path of ['bin/busybox', 'usr/bin/busybox']) {
      const unpacked = readBusybox(join(dir, path));
      if (unpacked !== undefined) return { ...unpacked, origin: 'the Debian package busybox-static' };
    }
    throw new SetupError('The package busybox-static has no busybox that serves.');
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** `apt-get download` needs no root, but the package lists, which a small machine may not have yet. */
async function downloadPackage(dir) {
  const download = () =>
    runCommand(['apt-get', 'download', '-q', '-o', 'APT::Sandbox::User=root', 'busybox-static'], {
      cwd: dir,
      output: 'keep',
    });
  let result = await download();
  if (result.exitCode !== 0 && process.getuid?.() === 0) {
    await aptGet('update');
    result = await download();
  }
  const name = (await readdir(dir)).find((file) => file.endsWith('.deb'));
  if (result.exitCode === 0 && name !== undefined) return join(dir, name);
  throw new SetupError(
    `The Debian package busybox-static cannot be downloaded either:\n${lastLines(result.output, 5)}`,
  );
}

function readBusybox(path) {
  if (!existsSync(path)) return undefined;
  const binary = readFileSync(path);
  if (!isStaticExecutable(binary)) return undefined;
  const applets = execFileSync(path, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  return neededApplets.every((name) => applets.includes(name)) ? { binary, applets } : undefined;
}

/**
 * A 64-bit little-endian ELF file that names no interpreter: it runs in an image that holds nothing else.
 * Layout: ELF-64 object file format, program header table at e_phoff; PT_INTERP is type 3.
 */
export function isStaticExecutable(binary) {
  if (binary.length < 64 || binary.readUInt32BE(0) !== 0x7f454c46 || binary[4] !== 2 || binary[5] !== 1)
    return false;
  const tableOffset = Number(binary.readBigUInt64LE(32));
  const entryBytes = binary.readUInt16LE(54);
  const entryCount = binary.readUInt16LE(56);
  for (let i = 0; i < entryCount; i++) {
    if (binary.readUInt32LE(tableOffset + i * entryBytes) === 3) return false;
  }
  return true;
}
