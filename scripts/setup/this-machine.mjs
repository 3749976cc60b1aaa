import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { engineAddresses } from './engine-addresses.mjs';
import { installDocker } from './install-docker.mjs';
import { startDockerd } from './start-dockerd.mjs';

/**
 * What the decision about the engine needs to know and to do. Tests give their own.
 * @typedef {object} Machine
 * @property {string} platform
 * @property {boolean} isRoot
 * @property {boolean} isDebianLike
 * @property {boolean} hasSystemd
 * @property {import('./engine-addresses.mjs').EngineAddress[]} addresses best first
 * @property {(address: import('./engine-addresses.mjs').EngineAddress) =>
 *   Promise<'answers' | 'absent' | 'forbidden' | 'silent' | 'unsupported'>} ping
 * @property {(name: string) => boolean} hasProgram
 * @property {() => Promise<void>} installEngine
 * @property {() => Promise<import('./engine-addresses.mjs').EngineAddress>} startEngine where it answers
 * @property {(text: string) => void} note
 */

/**
 * @param {Pick<Machine, 'ping' | 'note'>} ports
 * @returns {Machine}
 */
export function thisMachine({ ping, note }) {
  const uid = process.getuid?.() ?? -1;
  const hasSystemd = existsSync('/run/systemd/system');
  const { platform, env } = process;
  return {
    platform,
    isRoot: uid === 0,
    isDebianLike: platform === 'linux' && isDebianLike(readText('/etc/os-release') ?? ''),
    hasSystemd,
    addresses: engineAddresses({ env, homeDir: homedir(), uid, platform, readText }),
    ping,
    hasProgram,
    installEngine: () => installDocker({ hasSystemd, note }),
    startEngine: () => startDockerd({ hasSystemd, ping, note }),
    note,
  };
}

/** Debian and what is made from it: the package is `docker.io` and the tool is apt-get. */
export function isDebianLike(osRelease) {
  const words = [...osRelease.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].flatMap(([, value]) =>
    (value ?? '').replaceAll('"', '').split(/\s+/),
  );
  return words.some((word) => word === 'debian' || word === 'ubuntu');
}

/** Programs of the administrator are often not in a user's PATH. */
export function hasProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
