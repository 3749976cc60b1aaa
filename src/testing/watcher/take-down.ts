import { connect } from '../../client/connect.js';
import { thisProcess } from '../../client/this-process.js';
import type { ProcessTable } from '../../host/lock/lock-owner.js';
import { stateFolderOf } from '../state-folder.js';
import { leaveShared } from '../stay/shared-stay.js';
import { sweep } from '../sweep.js';
import type { WatchedStack } from './watched-stack.js';

/** What a watcher does for a process that has gone without doing it. Throws when the engine cannot be reached. */
export async function takeDown(
  { project, environment, shared }: WatchedStack,
  processes: ProcessTable,
): Promise<void> {
  await using engine = await connect({ environment });
  if (shared === undefined) return sweep(engine, project);
  const surroundings = thisProcess({ environment });
  const { instance, member } = shared;
  const folder = stateFolderOf(surroundings, instance);
  const place = { address: engine.address, instance, folder, locks: surroundings.locks };
  await leaveShared(place, member, processes, () => sweep(engine, project));
}
