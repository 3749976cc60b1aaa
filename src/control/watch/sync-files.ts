import { posix } from 'node:path';
import type { Engine } from '../../engine/engine.js';
import { packTar } from '../../engine/tar.js';
import { fewAtOnce } from '../../model/few-at-once.js';
import { isUp } from '../../model/is-up.js';
import type { ObservedContainer } from '../../model/observed.js';
import { EngineError } from '../../problems/errors.js';
import type { ContainerOwners } from './container-owners.js';
import { packUploads } from './pack-uploads.js';
import type { SyncJob, Upload } from './route-changes.js';
import type { TreeReader } from './tree-reader.js';

export interface SyncTools {
  readonly engine: Engine;
  readonly reader: TreeReader;
  readonly owners: ContainerOwners;
}

type Work = Pick<SyncJob, 'uploads' | 'removals'>;

/**
 * Makes the files of a container those of ours, whether it runs or not. Needs no program in it. Throws EngineError for
 * what could not be copied or removed.
 */
export async function syncInto(
  container: ObservedContainer,
  { uploads, removals }: Work,
  { engine, reader, owners }: SyncTools,
  signal?: AbortSignal,
): Promise<void> {
  await removeFrom(engine, container, removals, signal);
  if (uploads.length === 0) return;
  const owner = await owners.ownerOf(container.id, signal);
  const writeTo = (directory: string) => {
    const archive = packTar(packUploads(uploads, directory, owner, reader));
    const options = { owner: 'as-archived', onOtherKind: 'replace' } as const;
    return engine.archives.write(container.id, directory, archive, options, signal);
  };
  // The engine walks to every file from where it unpacks: a tenth of its time with only one directory on the way.
  for (let directory = nearestDirectory(uploads); ; directory = posix.dirname(directory)) {
    try {
      return await writeTo(directory);
    } catch (error) {
      if (isReadOnly(error)) throw readOnly(container, error);
      if (directory === '/' || !isMissing(error)) throw error;
    }
  }
}

/** The directory in the container that all of them are in, at whatever depth. */
function nearestDirectory(uploads: readonly Upload[]): string {
  const [first, ...others] = uploads.map(({ to }) => posix.dirname(to).split('/'));
  const common = others.reduce((parts, other) => {
    const end = parts.findIndex((part, index) => part !== other[index]);
    return end === -1 ? parts : parts.slice(0, end);
  }, first ?? []);
  return common.join('/') || '/';
}

/** It is not there yet, or is something else that is to be replaced. */
function isMissing(error: unknown): boolean {
  return error instanceof EngineError && (error.kind === 'not-found' || error.kind === 'bad-request');
}

/** So many removals are as fast one by one as with a program. */
const fewRemovals = 3;
const pathsPerCall = 500;
const removalsAtOnce = 4;

/** With `rm` where there is much to remove and the image has it, else through the engine. */
async function removeFrom(
  engine: Engine,
  container: ObservedContainer,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const left: string[] = [];
  for (let start = 0; start < paths.length; start += pathsPerCall) {
    const some = paths.slice(start, start + pathsPerCall);
    const isGone =
      paths.length > fewRemovals &&
      isUp(container) &&
      (await removedWithProgram(engine, container, some, signal));
    if (!isGone) left.push(...some);
  }
  await fewAtOnce(left, removalsAtOnce, (path) => engine.archives.remove(container.id, path, signal));
}

/** As root: the files may belong to somebody else than the user of the container. */
async function removedWithProgram(
  engine: Engine,
  { id }: ObservedContainer,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const command = ['rm', '-rf', '--', ...paths];
  const program = { command, user: '0', isPrivileged: false, environment: new Map<string, string>() };
  try {
    return (await engine.runProgram(id, program, signal)).exitCode === 0;
  } catch (error) {
    // There is no such program, or the container has just ended.
    if (error instanceof EngineError && error.kind !== 'unreachable') return false;
    throw error;
  }
}

function isReadOnly(error: unknown): error is EngineError {
  return error instanceof EngineError && /read-only/i.test(error.message);
}

function readOnly({ name, service }: ObservedContainer, cause: EngineError): EngineError {
  return new EngineError(cause.kind, `nothing can be copied into ${name}: its file system is read-only`, {
    operation: cause.operation,
    resource: name,
    hint: `watch with "rebuild" instead, or leave "read_only" out of service "${service}" while you develop`,
    cause,
  });
}
