// Finds the docker compose binary to compare with.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const pluginFolders = [
  join(homedir(), '.docker/cli-plugins'),
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
];

/** The binary that DOCKER_COMPOSE names, or that PATH or a plugin folder of the docker CLI has; else undefined. */
export function findDockerCompose(environment = process.env) {
  const path = findPlugin('docker-compose', environment.DOCKER_COMPOSE, environment);
  return path === undefined ? undefined : { path, version: versionOf(path) };
}

/** Path of a plugin of the docker CLI: `named`, or what PATH or a plugin folder has; else undefined. */
export function findPlugin(name, named, environment = process.env) {
  const folders = [...(environment.PATH ?? '').split(delimiter), ...pluginFolders];
  const candidates = named ? [named] : folders.map((folder) => join(folder, name));
  return candidates.find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionOf(path) {
  const { stdout } = spawnSync(path, ['version', '--short'], { encoding: 'utf8' });
  return (stdout ?? '').trim() || 'unknown';
}
