import { setTimeout as rest } from 'node:timers/promises';
import type { Engine } from '../engine/engine.js';
import { ownLabel } from '../model/labels.js';

const pauseMs = 500;
/** What was asked of the engine just before may be there a moment after nothing was. */
const quietLooks = 2;
const giveUpAfterLooks = 60;

/**
 * Removes all that the engine has of a project that tests have brought up, and looks again until nothing comes any
 * more: whoever made it may have died while the engine was making something. Only what bears the mark of tests is
 * touched. What cannot be removed stays, after half a minute.
 */
export async function sweep(engine: Engine, project: string): Promise<void> {
  let quiet = 0;
  for (let look = 0; look < giveUpAfterLooks && quiet < quietLooks; look += 1) {
    if (look > 0) await rest(pauseMs);
    quiet = (await sweepOnce(engine, project)) === 0 ? quiet + 1 : 0;
  }
}

/** Gives the number of things that were there. */
async function sweepOnce(engine: Engine, project: string): Promise<number> {
  const containers = (await engine.listContainers(project)).filter(isOfTests);
  await settled(containers, ({ id }) => engine.removeContainer(id, { anonymousVolumes: 'remove' }));
  const [networks, volumes, images] = await Promise.all([
    engine.listNetworks(project),
    engine.listVolumes(project),
    engine.images.listOf(project),
  ]);
  const [ownNetworks, ownVolumes] = [networks.filter(isOfTests), volumes.filter(isOfTests)];
  await settled(ownNetworks, ({ id }) => engine.removeNetwork(id));
  await settled(ownVolumes, ({ name }) => engine.removeVolume(name));
  // Images have the label of the project alone; nobody but tests has projects of such a name.
  const names = images.flatMap(({ id, references }) => (references.length === 0 ? [id] : references));
  await settled(names, (name) => engine.images.remove(name));
  return containers.length + ownNetworks.length + ownVolumes.length;
}

function isOfTests({ labels }: { readonly labels: ReadonlyMap<string, string> }): boolean {
  return labels.has(ownLabel.test);
}

/** Others may be removing the same: what has failed shows at the next look. */
async function settled<T>(items: readonly T[], remove: (item: T) => Promise<unknown>): Promise<void> {
  await Promise.allSettled(items.map(remove));
}
