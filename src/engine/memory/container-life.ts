import { isUp } from '../../model/is-up.js';
import type { HealthState } from '../../model/observed.js';
import { hasHealthcheck, type MemoryContainer, type Program, restartsAfter } from './memory-container.js';
import type { MemoryStore } from './memory-store.js';
import { refuse } from './refuse.js';

/** Numbers of the signals that end a process which does not care for them. */
const endingSignals: ReadonlyMap<string, number> = new Map([
  ['HUP', 1],
  ['INT', 2],
  ['QUIT', 3],
  ['KILL', 9],
  ['TERM', 15],
]);

export function start(store: MemoryStore, container: MemoryContainer): void {
  const operation = 'start container';
  if (container.state === 'paused')
    refuse('conflict', operation, container.name, 'cannot start a paused container, try unpause instead');
  if (isUp(container)) return;
  for (const [name, attachment] of container.networks) {
    attachment.networkId = store.network(name, operation).id;
  }
  const published = store.heldPorts.choose(container.spec.service.ports);
  if ('takenPort' in published) {
    container.errorText = `port ${published.takenPort} is already allocated`;
    refuse(
      'port-taken',
      operation,
      container.name,
      `port ${published.takenPort} of the host: port is already allocated by another container`,
    );
  }
  const program = store.programOf(container.spec);
  if (program.startError !== undefined) {
    container.errorText = program.startError;
    refuse('failed', operation, container.name, program.startError);
  }
  container.ports = published.ports;
  store.heldPorts.hold(container.ports);
  begin(store, container, program);
}

function begin(store: MemoryStore, container: MemoryContainer, program: Program): void {
  container.state = 'running';
  container.health = hasHealthcheck(container) ? 'starting' : undefined;
  container.errorText = '';
  container.startedAtMs = store.nowMs();
  store.events.emit(container, 'start');
  for (const { stream, text } of program.output ?? []) print(store, container, stream, text);
  if (program.main !== undefined) runMain(store, container, program.main);
  // What the process does by itself happens after the engine has answered.
  const startedAtMs = container.startedAtMs;
  void Promise.resolve().then(() => {
    if (container.state !== 'running' || container.startedAtMs !== startedAtMs) return;
    if (program.health !== undefined && container.health === 'starting')
      setHealth(store, container, program.health);
    if (program.exitCode !== undefined) endByItself(store, container, program.exitCode);
  });
}

/** A process that talks: its end is that of the container. */
function runMain(store: MemoryStore, container: MemoryContainer, main: NonNullable<Program['main']>): void {
  const streams = store.streamsOf(container.id);
  const { startedAtMs } = container;
  const process = {
    input: streams.input,
    size: () => streams.terminalSize,
    write: (stream: 'stdout' | 'stderr', text: string) => print(store, container, stream, text),
  };
  void main(process).then((exitCode) => {
    if (container.startedAtMs === startedAtMs) endByItself(store, container, exitCode);
  });
}

export function stop(store: MemoryStore, container: MemoryContainer): void {
  if (!isUp(container)) return;
  store.events.emit(container, 'kill', { signal: '15' });
  end(store, container, store.programOf(container.spec).stopExitCode ?? 143);
  store.events.emit(container, 'stop');
}

/** Signals that a process may live with only make an event. */
export function kill(store: MemoryStore, container: MemoryContainer, unixSignal: string): void {
  if (!isUp(container)) return;
  const number = endingSignals.get(unixSignal.replace(/^SIG/, ''));
  store.events.emit(container, 'kill', { signal: String(number ?? unixSignal) });
  if (number !== undefined) end(store, container, 128 + number);
}

/** The process ends without having been told to; the restart policy applies. */
export function endByItself(store: MemoryStore, container: MemoryContainer, exitCode: number): void {
  if (!isUp(container)) return;
  const startsAgain = restartsAfter(container, exitCode);
  end(store, container, exitCode);
  if (!startsAgain) return;
  container.restartCount += 1;
  // A program that always exits would go round for ever: from the second time on it stays up.
  begin(store, container, {});
}

export function setHealth(
  store: MemoryStore,
  container: MemoryContainer,
  health: Exclude<HealthState, 'starting'>,
): void {
  container.health = health;
  container.healthLog.push({ exitCode: health === 'healthy' ? 0 : 1, output: '', endedAtMs: store.nowMs() });
  store.events.emit(container, `health_status: ${health}`);
}

export function print(
  store: MemoryStore,
  container: MemoryContainer,
  stream: 'stdout' | 'stderr',
  text: string,
): void {
  const line = { stream, text, atMs: store.nowMs() };
  container.log.push(line);
  for (const follower of store.followers.get(container.id) ?? []) follower.push(line);
  store.streamsOf(container.id).write(stream, `${text}\n`);
}

/** Also takes the process down when it runs. */
export function remove(
  store: MemoryStore,
  container: MemoryContainer,
  anonymousVolumes: 'keep' | 'remove',
): void {
  kill(store, container, 'SIGKILL');
  store.containers.remove(container);
  if (anonymousVolumes === 'remove') {
    for (const name of container.anonymousVolumes) {
      if (!isVolumeUsed(store, name)) store.volumes.delete(name);
    }
  }
  store.events.emit(container, 'destroy');
  store.tellExit(container.id, container.exitCode, 'removal');
}

export function isVolumeUsed(store: MemoryStore, name: string): boolean {
  return store.containers.all().some(({ mounts }) => mounts.some(({ volumeName }) => volumeName === name));
}

function end(store: MemoryStore, container: MemoryContainer, exitCode: number): void {
  container.state = 'exited';
  container.exitCode = exitCode;
  store.heldPorts.release(container.ports);
  container.ports = [];
  container.finishedAtMs = store.nowMs();
  store.events.emit(container, 'die', { exitCode: String(exitCode) });
  for (const follower of store.followers.get(container.id) ?? []) follower.close();
  store.followers.delete(container.id);
  store.endStreams(container.id);
  store.tellExit(container.id, exitCode, 'end');
  if (container.spec.oneOff?.whenEnded === 'remove') remove(store, container, 'remove');
}
