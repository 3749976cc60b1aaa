import type { Writable } from 'node:stream';
import type { Engine } from '../../engine/engine.js';
import type { ObservedContainer } from '../../model/observed.js';
import { UsageError } from '../../problems/errors.js';
import { chooseReplica, replicasOf } from '../choose-replica.js';
import type { ContainerPath, CopyOptions } from './copy-out.js';
import type { CopyPlace } from './copy-place.js';

/** One side of a copy for the library: `stream` with the stream itself. */
export interface CopyRequest extends CopyOptions {
  /** Name of the project. */
  readonly project: string;
  readonly from: CopyPlace;
  readonly to: CopyPlace;
  /** For `from` a stream: the archive. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** For `to` a stream: takes the archive. Stays open. */
  readonly stdout: Writable;
  /** Number of the replica; undefined: all of them as the destination, the lowest as the source. */
  readonly index?: number | undefined;
  /** `with-one-offs`: those count as containers of their service, too. */
  readonly scope: 'replicas' | 'with-one-offs';
}

export interface CopyOutcome {
  /** Names of the containers that were copied to or from. */
  readonly containers: readonly string[];
  /** Devices and pipes that cannot be made on our side. */
  readonly skipped: readonly string[];
}

/** Copies between a service and us, in either direction, running or not. Throws UsageError, EngineError. */
export async function copy(engine: Engine, request: CopyRequest, signal?: AbortSignal): Promise<CopyOutcome> {
  const { from, to } = request;
  if (from.kind === 'container' && to.kind === 'container')
    throw new UsageError('copying between services is not supported', {
      hint: 'copy to a path of this machine first',
    });
  if (from.kind === 'container') return copyFrom(engine, from, request, signal);
  if (to.kind === 'container') return copyTo(engine, to, request, signal);
  throw unknownDirection();
}

type InContainer = Extract<CopyPlace, { kind: 'container' }>;

async function copyFrom(
  engine: Engine,
  from: InContainer,
  request: CopyRequest,
  signal: AbortSignal | undefined,
): Promise<CopyOutcome> {
  // Loaded for those who copy: most users of the library do not.
  const { copyOut, copyToStream } = await import('./copy-out.js');
  const { to, stdout } = request;
  const [place] = await containersOf(engine, from, request, 'one', signal);
  if (place === undefined || to.kind === 'container') throw unknownDirection();
  if (to.kind === 'local') return outcome([place], await copyOut(engine, place, to.path, request, signal));
  await copyToStream(engine, place, stdout, request, signal);
  return outcome([place]);
}

async function copyTo(
  engine: Engine,
  to: InContainer,
  request: CopyRequest,
  signal: AbortSignal | undefined,
): Promise<CopyOutcome> {
  const { copyFromStream, copyIn } = await import('./copy-in.js');
  const { from, stdin } = request;
  const places = await containersOf(engine, to, request, 'all', signal);
  if (from.kind === 'local') await copyIn(engine, from.path, places, request, signal);
  else await copyFromStream(engine, stdin, places, request, signal);
  return outcome(places);
}

function outcome(places: readonly ContainerPath[], skipped: readonly string[] = []): CopyOutcome {
  return { containers: places.map(({ container }) => container), skipped };
}

function unknownDirection(): UsageError {
  return new UsageError('unknown copy direction', {
    hint: 'one side must be SERVICE:PATH, the other a path of this machine or -',
  });
}

async function containersOf(
  engine: Engine,
  { service, path }: InContainer,
  { project, index, scope }: CopyRequest,
  count: 'one' | 'all',
  signal: AbortSignal | undefined,
): Promise<ContainerPath[]> {
  const all = (await engine.listContainers(project, signal)).filter(
    ({ isOneOff }) => scope === 'with-one-offs' || !isOneOff,
  );
  const isOne = count === 'one' || (index ?? 0) > 0;
  const found = replicasOf(all, { service, state: 'any' });
  const chosen: ObservedContainer[] =
    isOne || found.length === 0 ? [chooseReplica(all, { service, index, state: 'any' })] : found;
  return chosen.map(({ name }) => ({ container: name, path }));
}
