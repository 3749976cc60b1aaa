import { composeLabel, ownLabel } from '../../model/labels.js';
import type { ObservedNetwork, ObservedState } from '../../model/observed.js';
import type { FieldChange, Reason } from '../../model/plan.js';
import type { NetworkSpec, Project } from '../../model/project.js';
import { redactChange } from '../../model/redact.js';
import { ownSpanOf } from '../../model/span.js';
import type { Diagnostic } from '../../problems/diagnostic.js';
import type { PlanTools } from '../policy.js';
import { networkDifferences, readBackNetwork } from './network-differences.js';
import { resourceChanges } from './resource-changes.js';

export type NetworkDecision =
  | { readonly kind: 'keep' }
  /** It belongs to another project, and is as the file says: used as it is. */
  | { readonly kind: 'share'; readonly owner: string }
  | { readonly kind: 'create'; readonly reason: Reason }
  | { readonly kind: 'replace'; readonly id: string; readonly reason: Reason }
  | { readonly kind: 'refuse'; readonly problem: Diagnostic };

/** What must become of one network of the file. */
export function decideNetwork(
  network: NetworkSpec,
  project: Project,
  observed: ObservedState,
  tools: PlanTools,
): NetworkDecision {
  const actual = observed.networks.get(network.name);
  if (network.isExternal) return actual === undefined ? missingExternal(network, project) : { kind: 'keep' };
  if (actual === undefined) return { kind: 'create', reason: { kind: 'not-found' } };
  if (actual.labels.get(composeLabel.project) !== project.name) {
    return decideForeign(network, actual, project, tools);
  }
  const changes = changesOf(network, actual, actual.labels.get(ownLabel.fingerprint), project, tools);
  if (changes.length === 0) return { kind: 'keep' };
  return { kind: 'replace', id: actual.id, reason: { kind: 'changed', changes } };
}

/**
 * What is not ours is never changed. A network that another project made under the same key, and made as our file
 * says, is one that both mean to share.
 */
function decideForeign(
  network: NetworkSpec,
  actual: ObservedNetwork,
  project: Project,
  tools: PlanTools,
): NetworkDecision {
  const owner = actual.labels.get(composeLabel.project);
  const changes = changesOf(network, actual, undefined, project, tools);
  const isSameKey = actual.labels.get(composeLabel.network) === network.key;
  if (owner !== undefined && isSameKey && changes.length === 0) return { kind: 'share', owner };
  return foreign(network, owner, changes, project);
}

function changesOf(
  network: NetworkSpec,
  actual: ObservedNetwork,
  fingerprint: string | undefined,
  project: Project,
  tools: PlanTools,
): FieldChange[] {
  return resourceChanges(
    {
      path: ['networks', network.key],
      fields: networkFields(network),
      fingerprint,
      differences: networkDifferences(network, actual),
      readBack: (id) => readBackNetwork(id, actual),
    },
    project,
    tools,
  );
}

/** What of a network cannot be changed in place. */
export function networkFields(network: NetworkSpec): { id: string; value: unknown }[] {
  const fields: [string, unknown][] = [
    ['driver', network.driver === 'bridge' ? undefined : network.driver],
    ['attachable', network.isAttachable || undefined],
    ['internal', network.isInternal || undefined],
    ['enable_ipv4', network.enableIpv4 === false ? 'false' : undefined],
    ['enable_ipv6', network.enableIpv6 === true ? 'true' : undefined],
    ['ipam', network.ipam],
  ];
  for (const [key, value] of network.driverOptions) fields.push([`driver_opts.${key}`, value]);
  for (const [key, value] of network.labels) fields.push([`labels.${key}`, value]);
  return fields.filter(([, value]) => value !== undefined).map(([id, value]) => ({ id, value }));
}

function missingExternal(network: NetworkSpec, project: Project): NetworkDecision {
  const span = project.origins.spanOf(['networks', network.key]);
  return {
    kind: 'refuse',
    problem: {
      code: 'engine/external-missing',
      severity: 'error',
      message: `network ${network.name} declared as external, but could not be found`,
      ...(span === undefined ? {} : { span }),
      hint: `create it with "docker network create ${network.name}", or remove "external: true"`,
    },
  };
}

function foreign(
  network: NetworkSpec,
  owner: string | undefined,
  changes: readonly FieldChange[],
  project: Project,
): NetworkDecision {
  const span = ownSpanOf(project.origins, ['networks', network.key]);
  const found =
    owner === undefined ? 'it was not made by a Compose tool' : `it belongs to project "${owner}"`;
  const differs = changes.length === 0 ? '' : ', and it is not as the file says';
  const evidence = changes.map((change) => {
    const { oldText, newText } = redactChange(change);
    return `${change.path}: ${oldText} there, ${newText} in the file`;
  });
  return {
    kind: 'refuse',
    problem: {
      code: 'engine/foreign-resource',
      severity: 'error',
      message: `network ${network.name} exists with an incorrect label ${composeLabel.project}: ${found}${differs}`,
      ...(span === undefined ? {} : { span }),
      ...(evidence.length === 0 ? {} : { evidence }),
      hint: 'set "external: true" on it to use it as it is, give it another "name:", or remove it',
    },
  };
}
