import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { unpackPackage } from './debian-package.mjs';
import { isDebianLike } from './this-machine.mjs';

/**
 * A registry for tests: the installed `docker-registry`, else that of the Debian package of this name, which is
 * unpacked once into the user's cache and not installed. undefined where there is no such package.
 * @returns {Promise<{path: string, origin: string} | undefined>}
 */
export async function registryProgram() {
  const installed = (process.env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir, 'docker-registry'))
    .find((path) => existsSync(path));
  if (installed !== undefined) return { path: installed, origin: installed };
  if (process.platform !== 'linux' || !isDebianLike(osRelease())) return undefined;
  const dir = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tscompose/docker-registry');
  const path = join(dir, 'usr/bin/docker-registry');
  if (!existsSync(path)) await unpackInto(dir);
  return { path, origin: 'the Debian package docker-registry' };
}

/** Whole or not at all: several tests may be at it. */
async function unpackInto(dir) {
  const unfinished = `${dir}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await unpackPackage('docker-registry', unfinished);
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
