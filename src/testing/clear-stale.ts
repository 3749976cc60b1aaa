import type { Surroundings } from '../client/this-process.js';
import type { Engine } from '../engine/engine.js';
import { livenessOf, type ProcessTable } from '../host/lock/lock-owner.js';
import { composeLabel } from '../model/labels.js';
import { stateFolderOf } from './state-folder.js';
import { isUsed, ownerOf, whileAlone } from './stay/stack-lock.js';
import { sweep } from './sweep.js';
import { markOf, type Owner, type TestMark } from './test-mark.js';

const hourMs = 3_600_000;
/** After so long, nobody comes back to a stack that is kept for the next run. */
export const idleMs = 24 * hourMs;
/** No test takes so long, wherever the process is that nobody here can see. */
const longestTestMs = 24 * hourMs;

export interface ClearingTools {
  readonly surroundings: Surroundings;
  readonly processes: ProcessTable;
}

interface Found {
  readonly project: string;
  readonly mark: TestMark;
}

/**
 * Removes what tests have left that nobody takes down any more: their process is gone and its watcher with it, as
 * after a power cut, or they were to be used again, and were not. Looks once at all containers of the engine.
 */
export async function clearStale(engine: Engine, tools: ClearingTools): Promise<void> {
  const marks = new Map<string, TestMark>();
  for (const { labels } of await engine.looks.listAllContainers()) {
    const mark = markOf(labels);
    if (mark !== undefined) marks.set(labels.get(composeLabel.project) ?? '', mark);
  }
  const found = [...marks].map(([project, mark]) => ({ project, mark }));
  await Promise.all(found.map((each) => clear(each, engine, tools)));
}

async function clear({ project, mark }: Found, engine: Engine, tools: ClearingTools): Promise<void> {
  const { surroundings, processes } = tools;
  const nowMs = surroundings.clock.nowMs();
  if (mark.stay === 'own') {
    if (await isForsaken(mark.owner, processes, nowMs)) await sweep(engine, project);
    return;
  }
  // Only the machine that has brought it up knows who uses it.
  if (mark.host !== (await ownerOf(processes, nowMs)).host) return;
  const { instance } = mark;
  const folder = stateFolderOf(surroundings, instance);
  const isIdle = async () =>
    mark.stay === 'shared'
      ? !(await isUsed(folder, processes))
      : nowMs - ((await folder.usedAtMs()) ?? 0) > idleMs;
  if (!(await isIdle())) return;
  const place = { address: engine.address, instance, folder, locks: surroundings.locks };
  await whileAlone(place, undefined, async () => {
    // Somebody may have come while we waited.
    if (!(await isIdle())) return;
    await sweep(engine, project);
    await folder.forget();
  });
}

async function isForsaken(owner: Owner, processes: ProcessTable, nowMs: number): Promise<boolean> {
  const here = await ownerOf(processes, nowMs);
  const liveness = await livenessOf({ ...owner, command: '', directory: '' }, here, processes);
  return liveness === 'gone' || (liveness === 'unknown' && nowMs - owner.sinceMs > longestTestMs);
}
