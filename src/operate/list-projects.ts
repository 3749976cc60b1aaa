import type { Engine } from '../engine/engine.js';
import { groupBy } from '../model/group-by.js';
import { isUp } from '../model/is-up.js';
import { composeLabel, ownLabel } from '../model/labels.js';
import type { ListedProject } from '../model/looks.js';
import type { ObservedContainer } from '../model/observed.js';
import { byKey, byName } from '../model/order.js';

export interface ProjectFilter {
  /** `running`: only projects of which something is up, and only what is up counts. */
  readonly scope: 'running' | 'all';
  readonly name: RegExp | undefined;
}

/** Every Compose project that the engine has containers of, whoever made them, by name. One call. */
export async function listProjects(
  engine: Engine,
  { scope, name }: ProjectFilter,
  signal?: AbortSignal,
): Promise<ListedProject[]> {
  const found = await engine.looks.listAllContainers(signal);
  const counted = scope === 'all' ? found : found.filter(isUp);
  return [...groupBy(counted, ({ labels }) => labels.get(composeLabel.project) ?? '')]
    .filter(([project]) => name?.test(project) ?? true)
    .map(([project, containers]) => listedProject(project, containers))
    .sort(byName);
}

function listedProject(name: string, containers: readonly ObservedContainer[]): ListedProject {
  const states = new Map<string, number>();
  for (const { state } of containers) states.set(state, (states.get(state) ?? 0) + 1);
  const files = containers.flatMap(({ labels }) => (labels.get(composeLabel.configFiles) ?? '').split(','));
  return {
    name,
    states: new Map([...states].sort(byKey)),
    configFiles: [...new Set(files.filter((file) => file !== ''))],
    instance: instanceOf(containers),
  };
}

function instanceOf(containers: readonly ObservedContainer[]): ListedProject['instance'] {
  const labels = containers.find((container) => container.labels.has(ownLabel.instance))?.labels;
  const name = labels?.get(ownLabel.instance);
  return name === undefined ? undefined : { name, directory: labels?.get(composeLabel.workingDir) ?? '' };
}
