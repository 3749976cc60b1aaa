import { isRunning } from '../client/is-running.js';
import { definedOnly, lazyStdin, nodeLoadIo } from '../client/node-load-io.js';
import type { TerminalSize } from '../engine/process-port.js';
import type { nodeBuildPlaces } from '../host/build-places.js';
import { homeDirOf } from '../host/home-dir.js';
import type { LockSurroundings } from '../host/lock/file-locks.js';
import type { nodePrograms } from '../host/node-programs.js';
import type { BuildPlaces } from '../model/build-places.js';
import type { HostPrograms } from '../model/host-programs.js';
import { Foot } from '../report/live/foot.js';
import { onBrokenPipe } from './broken-pipe.js';
import { exitCode } from './exit-codes.js';
import { guardFoot } from './foot-guard.js';
import type { CliIo, Terminal } from './io.js';
import { whenNarrowed } from './live-terminal.js';
import { safeTerminal } from './own-text.js';
import { terminalInput } from './terminal-input.js';

/** The process as the CLI's world. */
export function nodeIo(): CliIo {
  const environment = definedOnly(process.env);
  const cwd = process.cwd();
  const homeDir = homeDirOf(environment.get('HOME'));
  const clock = { nowMs: () => Date.now() };
  const foot: Foot = new Foot({
    size: terminalSize,
    whenNarrowed: whenNarrowed(environment),
    onShown: () => guardFoot(foot),
  });
  // Nobody reads the results any more: end as a program does that the pipe's signal ends. Progress may get lost.
  onBrokenPipe(process.stdout, () => process.exit(exitCode.brokenPipe));
  onBrokenPipe(process.stderr, () => {});
  const stderr = terminal(process.stderr, foot);
  return {
    stdin: terminalInput(),
    stdout: terminal(process.stdout, foot),
    stderr,
    foot,
    environment,
    cwd,
    homeDir,
    clock,
    // What code prints is no result of ours.
    load: nodeLoadIo(environment, cwd, homeDir, lazyStdin, (text) => stderr.write(text)),
    programs: hostPrograms({ environment, homeDir }),
    buildPlaces: buildPlaces({ environment, homeDir, clock, stdin: lazyStdin }),
    locks: projectLocks({ environment, homeDir, clock, processes: { pid: process.pid, isRunning } }),
    onInterrupt: (listener) => listen(['SIGINT', 'SIGTERM'], listener),
    onSignal: (listener) => listen(proxiedSignals, listener),
    terminalSize,
    onResize: (listener) => listen(['SIGWINCH'], listener),
  };
}

/** Signals with which people and supervisors speak to a process. */
const proxiedSignals: readonly NodeJS.Signals[] = [
  ...(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const),
  ...(['SIGALRM', 'SIGUSR1', 'SIGUSR2'] as const),
];

function listen(signals: readonly NodeJS.Signals[], listener: (name: string) => void): () => void {
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

/** Of either stream: results may go to a file while somebody looks on. */
function terminalSize(): TerminalSize | undefined {
  const { columns, rows } = process.stdout.isTTY ? process.stdout : process.stderr;
  return columns === undefined || rows === undefined ? undefined : { columns, rows };
}

function terminal(stream: NodeJS.WriteStream, foot: Foot): Terminal {
  const isTty = stream.isTTY === true;
  const write = (text: string) => void stream.write(text);
  return safeTerminal(stream, isTty, isTty ? (text) => foot.above(text, write) : write);
}

/** Loaded when they are needed, which is seldom. */
function hostPrograms(surroundings: Parameters<typeof nodePrograms>[0]): HostPrograms {
  const load = async () => (await import('../host/node-programs.js')).nodePrograms(surroundings);
  return {
    find: async (name) => (await load()).find(name),
    run: async (call, signal) => (await load()).run(call, signal),
  };
}

/** Loaded when something may have to be built. One for the whole run: standard input can be had only once. */
function buildPlaces(surroundings: Parameters<typeof nodeBuildPlaces>[0]): BuildPlaces {
  let loaded: Promise<BuildPlaces> | undefined;
  const load = () => {
    loaded ??= import('../host/build-places.js').then(({ nodeBuildPlaces }) => nodeBuildPlaces(surroundings));
    return loaded;
  };
  return {
    open: async (build, signal) => (await load()).open(build, signal),
    readDockerfile: async (build, signal) => (await load()).readDockerfile(build, signal),
    inputs: async (build, signal) => (await load()).inputs(build, signal),
    changedFiles: async (before, now, signal) => (await load()).changedFiles(before, now, signal),
  };
}

/** Loaded when something is changed. */
function projectLocks(surroundings: LockSurroundings): CliIo['locks'] {
  return (news) => ({
    async acquire(claim, signal) {
      const { fileLocks } = await import('../host/lock/file-locks.js');
      return fileLocks(surroundings, news).acquire(claim, signal);
    },
  });
}
