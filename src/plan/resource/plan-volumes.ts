import { composeLabel, ownLabel } from '../../model/labels.js';
import type { ObservedState, ObservedVolume } from '../../model/observed.js';
import type { FieldChange } from '../../model/plan.js';
import type { Project, VolumeSpec } from '../../model/project.js';
import { fingerprintOf, formatFingerprint } from '../container/fingerprint.js';
import type { PlanBuilder } from '../plan-builder.js';
import type { PlanTools } from '../policy.js';
import { projectLabels } from '../project-labels.js';
import { resourceChanges } from './resource-changes.js';
import { volumeDifferences } from './resource-differences.js';

/**
 * Plans the volumes with these keys; returns the step that makes each, by engine name. A volume that is there is
 * never touched: data outlives whatever the file says now, so a difference is a note. Those that a person gave up are
 * gone by then: `planVolumeReplacement`.
 */
export function planVolumes(
  plan: PlanBuilder,
  keys: readonly string[],
  project: Project,
  observed: ObservedState,
  tools: PlanTools,
): Map<string, number> {
  const made = new Map<string, number>();
  for (const key of keys) {
    const volume = project.volumes.get(key);
    if (volume === undefined) continue;
    const actual = observed.volumes.get(volume.name);
    if (volume.isExternal) {
      if (actual === undefined) reportMissing(plan, volume, project);
    } else if (actual === undefined) {
      const labels = volumeLabels(volume, project, tools);
      made.set(volume.name, plan.add('create-volume', { volume, labels }, { reason: { kind: 'not-found' } }));
    } else {
      noteExisting(plan, volume, actual, project, tools);
    }
  }
  return made;
}

function noteExisting(
  plan: PlanBuilder,
  volume: VolumeSpec,
  actual: ObservedVolume,
  project: Project,
  tools: PlanTools,
): void {
  const owner = actual.labels.get(composeLabel.project);
  const changes = volumeChanges(volume, actual, project, tools);
  if (owner !== project.name)
    plan.note({ kind: 'foreign-volume', name: volume.name, project: owner, changes });
  else if (changes.length > 0) plan.note({ kind: 'volume-differs', name: volume.name, changes });
  else plan.note({ kind: 'kept', resource: 'volume', name: volume.name });
}

/** What the file says of a volume that the engine has otherwise. */
export function volumeChanges(
  volume: VolumeSpec,
  actual: ObservedVolume,
  project: Project,
  tools: PlanTools,
): FieldChange[] {
  const isOurs = actual.labels.get(composeLabel.project) === project.name;
  return resourceChanges(
    {
      path: ['volumes', volume.key],
      fields: volumeFields(volume),
      fingerprint: isOurs ? actual.labels.get(ownLabel.fingerprint) : undefined,
      differences: volumeDifferences(volume, actual),
      readBack: (id) => readBack(id, actual),
    },
    project,
    tools,
  );
}

/** What the engine has for an attribute that the file no longer sets. */
function readBack(id: string, { driver, driverOptions, labels }: ObservedVolume): string | undefined {
  const key = id.slice(id.indexOf('.') + 1);
  if (id.startsWith('labels.')) return labels.get(key);
  return id === 'driver' ? driver : driverOptions.get(key);
}

function volumeLabels(volume: VolumeSpec, project: Project, tools: PlanTools): Map<string, string> {
  return new Map([
    ...volume.labels,
    ...projectLabels(project),
    [composeLabel.volume, volume.key],
    [composeLabel.version, tools.toolVersion],
    [ownLabel.fingerprint, formatFingerprint(fingerprintOf(volumeFields(volume), tools.digest))],
  ]);
}

function volumeFields(volume: VolumeSpec): { id: string; value: unknown }[] {
  const fields: { id: string; value: unknown }[] = [];
  if (volume.driver !== undefined && volume.driver !== 'local')
    fields.push({ id: 'driver', value: volume.driver });
  for (const [key, value] of volume.driverOptions) fields.push({ id: `driver_opts.${key}`, value });
  for (const [key, value] of volume.labels) fields.push({ id: `labels.${key}`, value });
  return fields;
}

function reportMissing(plan: PlanBuilder, volume: VolumeSpec, project: Project): void {
  const span = project.origins.spanOf(['volumes', volume.key]);
  plan.problem({
    code: 'engine/external-missing',
    severity: 'error',
    message: `external volume "${volume.name}" not found`,
    ...(span === undefined ? {} : { span }),
    hint: `create it with "docker volume create ${volume.name}", or remove "external: true"`,
  });
}
