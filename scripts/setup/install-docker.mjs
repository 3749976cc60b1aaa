import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { lastLines, runCommand } from './run-command.mjs';
import { SetupError } from './say.mjs';

const policyFile = '/usr/sbin/policy-rc.d';
const aptOptions = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2'];
// needrestart would otherwise ask, or restart services of this machine that have nothing to do with us.
const aptEnv = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'l', NEEDRESTART_SUSPEND: '1' };

/** Docker from the distribution's own packages, as root on Debian or Ubuntu. Nothing of it is started here without systemd. */
export async function installDocker({ hasSystemd, note }) {
  note('apt-get update');
  // A third-party source that does not answer fails the update as a whole; the install below tells whether it matters.
  const update = await aptGet('update');
  note('apt-get install docker.io');
  const install = await withoutServiceStarts(hasSystemd, () =>
    aptGet('install', '--no-install-recommends', 'docker.io', 'iptables', 'ca-certificates'),
  );
  if (install.exitCode === 0 || existsSync('/usr/sbin/dockerd')) return;
  throw new SetupError(
    [
      'No engine answers, and docker.io could not be installed:',
      update.exitCode === 0 ? '' : lastLines(update.output, 8),
      lastLines(install.output, 12),
    ].join('\n'),
  );
}

export function aptGet(command, ...args) {
  const argv = ['apt-get', command, ...aptOptions, ...args];
  return runCommand(argv, { env: { ...process.env, ...aptEnv }, output: 'keep' });
}

/**
 * Without systemd the package would run its init script, which fails the whole installation where it cannot work, and
 * whose messages nobody sees. The policy file is Debian's own way to say: install, do not start.
 */
async function withoutServiceStarts(hasSystemd, install) {
  if (hasSystemd || existsSync(policyFile)) return install();
  await writeFile(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await install();
  } finally {
    await rm(policyFile, { force: true });
  }
}
