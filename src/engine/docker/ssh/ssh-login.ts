import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { destinationOf, optionsOf, type SshProgram } from './ssh-program.js';

/** A connection of ssh to the host, after its login, for any number of sessions. */
export interface SshLogin {
  /** Options with which another ssh has its session there. */
  readonly sessionOptions: readonly string[];
  /** Whether sessions are without a login of their own. */
  readonly isShared: boolean;
  /** Sessions that it has now. */
  sessions: number;
  /** Whether it can still be there; what cannot be seen is believed. */
  isOpen(): boolean;
  /** What ssh says of the end of the connection; often nothing. */
  lastWords(): string;
}

/** ssh prints that instead of logging in for a session alone, when the shared connection does not take it. */
export const refusalMark = 'tscompose: no session';

/** Instead of connections: ssh runs it in the shell of this person, so that a shell is named. */
const noLoginOfItsOwn = { ProxyCommand: `/bin/sh -c 'echo "${refusalMark}" >&2'` };

/** Forwards that a person wants are for that person's own sessions, and their ports can be taken once. */
export const usual = { ConnectTimeout: 30, ClearAllForwardings: 'yes' };

/** As long as nobody uses it; the folder's keeper ends it before, when nothing kills that. */
const unusedSeconds = 60;

/** How often it is looked whether the connection still lives; ssh gives up after the fourth time. */
const aliveSeconds = 15;

/**
 * Logs in, and leaves an ssh in the background that shares its connection at a path of ours. A question for a
 * passphrase or an unknown host comes to this person's terminal as ever, once.
 */
export async function logIn(
  program: SshProgram,
  config: ReadonlyMap<string, string>,
  controlPath: string,
  signal: AbortSignal,
): Promise<SshLogin> {
  const log = `${controlPath}.log`;
  const master = { ControlMaster: 'yes', ControlPersist: unusedSeconds, ControlPath: controlPath };
  const options = { ...usual, ...master, ...keepAlive(config) };
  await inBackground(program, ['-E', log, ...optionsOf(options)], () => textOf(log), signal);
  return {
    sessionOptions: optionsOf({ ...noLoginOfItsOwn, ControlMaster: 'no', ControlPath: controlPath }),
    isShared: true,
    sessions: 0,
    isOpen: () => existsSync(controlPath),
    lastWords: () => textOf(log).replace(/^Warning: .*\n?/gm, ''),
  };
}

/**
 * Takes the connection that this person's own ssh shares, as its configuration says, or begins it; it is not ours to end.
 * A session that is not let in there logs in by itself, as it does for this person.
 */
export async function useOwnSharing(
  program: SshProgram,
  config: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<SshLogin> {
  const sharing = {
    ...(config.get('controlmaster') === 'false' ? { ControlMaster: 'auto' } : {}),
    ...(config.get('controlpersist') === 'no' ? { ControlPersist: unusedSeconds } : {}),
  };
  await inBackground(program, optionsOf({ ...usual, ...sharing }), () => '', signal);
  return {
    sessionOptions: optionsOf(sharing),
    isShared: true,
    sessions: 0,
    isOpen: () => true,
    lastWords: () => '',
  };
}

/** Where ssh cannot share a connection, each session has one of its own. */
export function unsharedLogin(): SshLogin {
  return { sessionOptions: [], isShared: false, sessions: 0, isOpen: () => true, lastWords: () => '' };
}

function keepAlive(config: ReadonlyMap<string, string>): Record<string, number> {
  return config.get('serveraliveinterval') === '0' ? { ServerAliveInterval: aliveSeconds } : {};
}

/** ssh goes to the background when it has logged in and listens for who wants to share. */
async function inBackground(
  { address, environment }: SshProgram,
  options: readonly string[],
  log: () => string,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn('ssh', ['-fN', ...options, ...destinationOf(address)], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  try {
    const code = await endOf(child);
    if (code !== 0) throw refused(`${complaint}${log()}`.trim() || `ssh ended with code ${code}`);
  } finally {
    // The one in the background may have kept its other end.
    child.stderr.destroy();
  }
}

/** Its exit code. Of a failure all that it says is waited for. */
function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => code === 0 && resolve(code));
    child.once('close', resolve);
  });
}

/** What ssh says, as a failure to connect. */
export function refused(complaint: string): NodeJS.ErrnoException {
  return Object.assign(new Error(complaint.slice(-500)), { code: 'ECONNREFUSED' });
}

function textOf(log: string): string {
  try {
    return readFileSync(log, 'utf8').trim().slice(-500);
  } catch {
    return '';
  }
}
