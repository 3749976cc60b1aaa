import { resolve } from 'node:path';
import { nodeBuildPlaces } from '../host/build-places.js';
import { homeDirOf } from '../host/home-dir.js';
import { fileLocks } from '../host/lock/file-locks.js';
import { nodePrograms } from '../host/node-programs.js';
import type { LoadIo } from '../load/load-io.js';
import type { BuildPlaces } from '../model/build-places.js';
import type { Clock } from '../model/clock.js';
import type { HostPrograms } from '../model/host-programs.js';
import type { LockNews, ProjectLock } from '../model/project-lock.js';
import { isRunning } from './is-running.js';
import { definedOnly, lazyStdin, nodeLoadIo } from './node-load-io.js';

/** What a project needs of the process and the machine that it is handled on. */
export interface Surroundings {
  readonly environment: ReadonlyMap<string, string>;
  /** Absolute. */
  readonly cwd: string;
  readonly homeDir: string;
  readonly clock: Clock;
  readonly load: LoadIo;
  readonly programs: HostPrograms;
  readonly buildPlaces: BuildPlaces;
  /** Keep other programs from changing the same project meanwhile. */
  readonly locks: (news: LockNews) => ProjectLock;
}

/** What may differ from the process. */
export interface SurroundingsRequest {
  /** Instead of `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Instead of the working directory; relative to it. */
  readonly cwd?: string | undefined;
}

interface ProcessRequest extends SurroundingsRequest {
  /** Instead of its standard input. */
  readonly stdin?: AsyncIterable<Uint8Array> | undefined;
}

/** This process and its machine, as they are now. */
export function thisProcess({
  environment: variables,
  cwd,
  stdin = lazyStdin,
}: ProcessRequest): Surroundings {
  const environment = definedOnly(variables ?? process.env);
  const homeDir = homeDirOf(environment.get('HOME'));
  const clock = { nowMs: () => Date.now() };
  const load = nodeLoadIo(environment, resolve(cwd ?? ''), homeDir, stdin);
  return {
    environment,
    cwd: load.cwd,
    homeDir,
    clock,
    load,
    programs: nodePrograms({ environment, homeDir }),
    buildPlaces: nodeBuildPlaces({ environment, homeDir, clock, stdin }),
    locks: (news) =>
      fileLocks({ environment, homeDir, clock, processes: { pid: process.pid, isRunning } }, news),
  };
}
