import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { startWithSoundData } from './data-roots.mjs';
import { mountCgroups } from './mount-cgroups.mjs';
import { lastLines, mustRun } from './run-command.mjs';
import { SetupError } from './say.mjs';
import { isAliveAs, removeStalePidFile } from './stale-pid-file.mjs';

const socketPath = '/var/run/docker.sock';
const pidFile = '/var/run/docker.pid';
const containerdPidFile = '/var/run/docker/containerd/containerd.pid';
const startLimitMs = 60_000;
const pauseMs = 100;
/** Where the engine keeps everything when its usual data is damaged, under our state: once more, should that be too. */
const spareDataNames = ['docker-data', 'docker-data-2'];

/**
 * Starts the installed engine with the machine's own settings and waits until it answers. As root.
 * @returns {Promise<import('./engine-addresses.mjs').EngineAddress>}
 */
export async function startDockerd({ hasSystemd, ping, note }) {
  const address = { url: `unix://${socketPath}`, source: 'started' };
  // The package or another run of ours may be at it: two of them would fight over the pid file.
  if (isAliveAs(pidFile, 'dockerd')) return waitFor(address, ping, () => undefined);
  if (hasSystemd) {
    note('systemctl start docker');
    await mustRun(['systemctl', 'start', 'docker']);
    return waitFor(address, ping, () => undefined);
  }
  const stateDir = join(process.env.XDG_STATE_HOME || join(homedir(), '.local/state'), 'tscompose');
  const start = (dataRoot) => {
    const daemon = spawnDockerd(stateDir, dataRoot === undefined ? [] : ['--data-root', dataRoot]);
    note(`dockerd runs in the background (pid ${daemon.pid}, log ${daemon.logFile})`);
    return waitFor(address, ping, daemon.failure);
  };
  return startWithSoundData([undefined, ...spareDataNames.map((name) => join(stateDir, name))], start, note);
}

/** A daemon of its own session: it outlives this script and the terminal. */
function spawnDockerd(stateDir, flags) {
  mkdirSync('/var/run', { recursive: true });
  mountCgroups();
  removeStalePidFile(pidFile, 'dockerd');
  removeStalePidFile(containerdPidFile, 'containerd');
  mkdirSync(stateDir, { recursive: true });
  const logFile = join(stateDir, 'dockerd.log');
  const log = openSync(logFile, 'w');
  const child = spawn('dockerd', flags, {
    cwd: '/',
    detached: true,
    env: daemonEnvironment(process.env),
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  writeFileSync(join(stateDir, 'dockerd.pid'), `${child.pid}\n`);
  let ended;
  child.on('error', (error) => {
    ended = error.message;
  });
  child.on('exit', (code, signal) => {
    ended = `it ended with ${signal ?? `exit code ${code}`}`;
  });
  child.unref();
  return {
    pid: child.pid,
    logFile,
    failure: () => ended && `dockerd does not start: ${ended}. ${lastWords(logFile)}`,
  };
}

/** From the panic on, when there is one: it names the cause and then goes on for longer than anybody reads. */
function lastWords(logFile) {
  const log = readFileSync(logFile, 'utf8');
  const panic = /^panic: .*(?:\n.*){0,5}/m.exec(log)?.[0];
  return `${panic === undefined ? 'The end of' : 'From'} ${logFile}:\n${panic ?? lastLines(log, 15)}`;
}

/** Without DOCKER_TLS_VERIFY and the like, which are meant for clients, but change a daemon too. */
function daemonEnvironment(env) {
  const kept = Object.entries(env).filter(([name]) => !/^(DOCKER_|npm_)/.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: `${env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`,
  };
}

async function waitFor(address, ping, failure) {
  const giveUpAtMs = Date.now() + startLimitMs;
  for (;;) {
    const problem = failure();
    if ((await ping(address)) === 'answers') return address;
    if (problem) throw Object.assign(new SetupError(problem), { isEarlyEnd: true });
    if (Date.now() > giveUpAtMs) {
      throw new SetupError(`The engine does not answer at ${address.url} after ${startLimitMs / 1000} s.`);
    }
    await rest(pauseMs);
  }
}
