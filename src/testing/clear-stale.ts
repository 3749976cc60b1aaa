import type { Surroundings } from '../client/this-process.js';
import type { Engine } from '../engine/engine.js';
import { livenessOf, type ProcessTable } from '../host/lock/lock-owner.js';
import { composeLabel } from '../model/labels.js';
import { rememberedInstances, stateFolderOf } from './state-folder.js';
import { isUsed, ownerOf, whileAlone } from './stay/stack-lock.js';
import { sweep } from './sweep.js';
import { markOf, type Owner, type TestMark } from './test-mark.js';

const hourMs = 3_600_000;
/** After so long, nobody comes back to a stack that is kept for the next run. */
const idleMs = 24 * hourMs;
/** What is on an engine that is not asked today may be cleared tomorrow: only then is it known to be gone. */
const forgetAfterMs = 30 * idleMs;
/** No test takes so long, wherever the process is that nobody here can see. */
const longestTestMs = 24 * hourMs;

export interface ClearingTools {
  readonly surroundings: Surroundings;
  readonly processes: ProcessTable;
}

type KeptMark = Exclude<TestMark, { stay: 'own' }>;

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
  await forgetOld(tools.surroundings);
}

/** Of stacks that somebody has taken down by hand there is only a folder left. */
async function forgetOld(surroundings: Surroundings): Promise<void> {
  for (const instance of await rememberedInstances(surroundings)) {
    const folder = stateFolderOf(surroundings, instance);
    const usedAtMs = await folder.usedAtMs();
    const isOld = usedAtMs !== undefined && surroundings.clock.nowMs() - usedAtMs > forgetAfterMs;
    if (isOld) await folder.forget();
  }
}

async function clear({ project, mark }: Found, engine: Engine, tools: ClearingTools): Promise<void> {
  if (mark.stay !== 'own') return clearKept(project, mark, engine, tools);
  if (await isForsaken(mark.owner, engine, tools)) await sweep(engine, project);
}

async function isForsaken(owner: Owner, { address }: Engine, tools: ClearingTools): Promise<boolean> {
  const { surroundings, processes } = tools;
  const nowMs = surroundings.clock.nowMs();
  const here = await ownerOf(processes, nowMs);
  // Machines of one name may use one engine of elsewhere: that it is another start of the machine says nothing then.
  const isSameMachine = /^(unix|npipe|memory):/.test(address) || owner.bootId === here.bootId;
  const liveness = isSameMachine
    ? await livenessOf({ ...owner, command: '', directory: '' }, here, processes)
    : 'unknown';
  return liveness === 'gone' || (liveness === 'unknown' && nowMs - owner.sinceMs > longestTestMs);
}

async function clearKept(
  project: string,
  { stay, host, instance, folder: path }: KeptMark,
  engine: Engine,
  { surroundings, processes }: ClearingTools,
): Promise<void> {
  const nowMs = surroundings.clock.nowMs();
  const folder = stateFolderOf(surroundings, instance);
  // Only where it was written down can it be told who uses it.
  if (folder.path !== path || host !== (await ownerOf(processes, nowMs)).host) return;
  const isIdle = async () =>
    stay === 'shared'
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
