import { join } from 'node:path';
import { installedProgram, unpackedPackages } from './debian-package.mjs';

/**
 * A registry for tests: the installed `docker-registry`, else that of the Debian package of this name, which is
 * unpacked once into the user's cache and not installed. undefined where there is no such package.
 * @returns {Promise<{path: string, origin: string} | undefined>}
 */
export async function registryProgram() {
  const installed = installedProgram('docker-registry');
  if (installed !== undefined) return { path: installed, origin: installed };
  const dir = await unpackedPackages(['docker-registry']);
  if (dir === undefined) return undefined;
  return { path: join(dir, 'usr/bin/docker-registry'), origin: 'the Debian package docker-registry' };
}
