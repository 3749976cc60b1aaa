import { askEngine } from '../../scripts/setup/engine-api.mjs';
import { findEngine } from '../../scripts/setup/ensure-engine.mjs';
import { engineSays } from './scenario-shell.js';

/** Whether the images of the engine are those of containerd, as usual since Docker 29. */
export async function hasContainerdStore(): Promise<boolean> {
  const { DriverStatus } = await engineSays<{ DriverStatus?: string[][] | null }>('/info');
  return (DriverStatus ?? []).some((pair) => pair.join() === 'driver-type,io.containerd.snapshotter.v1');
}

interface BuildCacheRecord {
  readonly ID: string;
  readonly Description: string;
}

/** Has the builder forget the steps whose names hold a word, and no others: other builds may count on theirs. */
export async function forgetSteps(word: string): Promise<void> {
  const { found } = await findEngine();
  const { BuildCache } = await engineSays<{ BuildCache?: readonly BuildCacheRecord[] | null }>(
    '/system/df?type=build-cache',
  );
  const records = (BuildCache ?? []).filter(({ Description }) => Description.includes(word));
  if (records.length === 0) throw new Error(`no step of the builder has ${word} in its name`);
  for (const { ID } of records) {
    const path = `/build/prune?all=1&filters=${encodeURIComponent(JSON.stringify({ id: [ID] }))}`;
    const { status, body } = await askEngine(found, { method: 'POST', path });
    if (status !== 200 || !body.includes(ID)) throw new Error(`${path}: ${status} ${body}`);
  }
}
