import type { Engine } from '../engine/engine.js';
import type { CommitRequest } from '../engine/look-port.js';
import type { ObservedContainer } from '../model/observed.js';
import { chooseReplica } from './choose-replica.js';

export interface ContainerRequest {
  readonly project: string;
  readonly service: string;
  /** Number of the replica; undefined or 0: the lowest. */
  readonly index?: number | undefined;
}

/** The container of a service that a copy is to be made of; a stopped one will do. Throws UsageError. */
export async function findContainer(
  engine: Engine,
  { project, service, index }: ContainerRequest,
  signal?: AbortSignal,
): Promise<ObservedContainer> {
  const containers = await engine.listContainers(project, signal);
  return chooseReplica(containers, { service, index, state: 'any' });
}

/** The file system of a container of a service as a tar archive. Throws UsageError when there is none. */
export async function* exportContainer(
  engine: Engine,
  request: ContainerRequest,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { id } = await findContainer(engine, request, signal);
  yield* engine.looks.readFileSystem(id, signal);
}

/** Makes an image of a container of a service. Throws UsageError when there is none, EngineError for a bad name. */
export async function commitContainer(
  engine: Engine,
  request: ContainerRequest,
  commit: CommitRequest,
  signal?: AbortSignal,
): Promise<{ readonly container: string; readonly imageId: string }> {
  const { name } = await findContainer(engine, request, signal);
  // By name: that is what an error shows.
  return { container: name, imageId: await engine.looks.commitContainer(name, commit, signal) };
}
