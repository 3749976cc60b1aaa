import { pointedAt } from '../client/connect.js';
import type { ProjectSource } from '../client/project-source.js';
import type { Surroundings } from '../client/this-process.js';
import type { Engine } from '../engine/engine.js';
import { stateFolders } from '../host/lock/file-locks.js';
import { given } from '../model/given.js';
import { UsageError } from '../problems/errors.js';
import { keptInstance, ownInstance } from './instance-names.js';
import type { TestEnvOptions } from './options.js';
import { stateFolderOf } from './state-folder.js';
import { ownStay } from './stay/own-stay.js';
import { reusedStay } from './stay/reused-stay.js';
import { sharedStay } from './stay/shared-stay.js';
import { ownerOf } from './stay/stack-lock.js';
import type { Stay } from './stay/stay.js';
import type { Runner } from './this-runner.js';
import { engineVariables, type WatchedStack } from './watcher/watched-stack.js';
import type { Unwatch, Watcher } from './watcher/watcher.js';

export interface StayTools {
  readonly surroundings: Surroundings;
  readonly runner: Runner;
  readonly watcher: Watcher;
}

/** What the options say of how long the stack stays. Throws UsageError for what excludes each other. */
export async function chooseStay(
  source: ProjectSource,
  options: TestEnvOptions,
  engine: Engine,
  { surroundings, runner, watcher }: StayTools,
): Promise<Stay> {
  const { share, reuse } = options;
  const { clock, locks } = surroundings;
  const owner = await ownerOf(runner.processes, clock.nowMs());
  const environment = watchedEnvironment(surroundings.environment, options);
  const watch = (shared?: WatchedStack['shared']) => (project: string) =>
    engine.address.startsWith('memory:')
      ? unwatched
      : watcher.watch({ project, environment, ...given({ shared }) });
  const isReused = reuse !== undefined && reuse !== false;
  if (share !== undefined && isReused)
    throw new UsageError('a stack is shared or reused, not both', {
      hint: 'a stack that is reused may be used by several processes at once',
    });
  if (share === undefined && !isReused) return ownStay(ownInstance(), owner, watch());
  const stay = share === undefined ? 'reused' : 'shared';
  const key = share ?? (typeof reuse === 'string' ? reuse : '');
  const { address } = engine;
  const [state] = stateFolders(surroundings);
  const kept = { stay, key, engine: address, host: owner.host, state, surroundings } as const;
  const instance = keptInstance(source, kept, options);
  const place = { address, instance, folder: stateFolderOf(surroundings, instance), locks };
  if (stay === 'reused') return reusedStay(place, owner.host, clock);
  const { processes } = runner;
  return sharedStay({ place, owner, processes, watch: watch({ instance, member: owner.id }) });
}

/** An engine in the memory of this process ends with it. */
const unwatched: Unwatch = async () => {};

function watchedEnvironment(
  environment: ReadonlyMap<string, string>,
  { host, context, engine }: TestEnvOptions,
): Record<string, string> {
  return engineVariables(pointedAt(environment, engine?.address ?? host, context));
}
