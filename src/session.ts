import type { Engine } from './engine/engine.js';
import type { BuildPlaces } from './model/build-places.js';
import type { Clock } from './model/clock.js';
import type { HostPrograms } from './model/host-programs.js';
import type { Patience } from './model/patience.js';
import type { Places } from './model/places.js';
import type { EmitProgress } from './model/progress.js';
import type { ProjectLock } from './model/project-lock.js';

/** What every operation needs. `signal` aborts calls in flight; `drain` only starts nothing more. */
export interface Session {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly emit: EmitProgress;
  readonly signal?: AbortSignal;
  readonly drain?: AbortSignal;
  /** Keeps other commands from changing the project meanwhile; without it nothing does. */
  readonly lock?: ProjectLock;
  /** Tells projects of one name by where their files are; without it labels alone count, and nobody is refused. */
  readonly places?: Places;
  /** What builds read; without it nothing can be built. */
  readonly buildPlaces?: BuildPlaces | undefined;
  /** How many calls to the engine may run at once; without it each kind has the limit that is best for it. */
  readonly maxParallel?: number;
  /** For services that a provider stands for; without it they cannot be had. */
  readonly programs?: HostPrograms;
  /** How to wait between attempts with a registry; without it, with the time of this machine. */
  readonly patience?: Patience;
  /** Asks whether the data of changed volumes may go, so that they are made as the files say; without it they stay. */
  readonly confirmLoss?: (volumes: readonly string[]) => Promise<boolean>;
}
