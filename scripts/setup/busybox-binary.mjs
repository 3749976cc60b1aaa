import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackPackage } from './debian-package.mjs';
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
    await unpackPackage('busybox-static', dir);
    for (const path of ['bin/busybox', 'usr/bin/busybox']) {
      const unpacked = readBusybox(join(dir, path));
      if (unpacked !== undefined) return { ...unpacked, origin: 'the Debian package busybox-static' };
    }
    throw new SetupError('The package busybox-static has no busybox that serves.');
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
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
