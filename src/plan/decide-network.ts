import { composeLabel, ownLabel } from '../model/labels.js';
import type { ObservedState } from '../model/observed.js';
import type { Reason } from '../model/plan.js';
import type { NetworkSpec, Project } from '../model/project.js';
import { ownSpanOf } from '../model/span.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { describeResourceChanges } from './describe-changes.js';
import { differingFields, fingerprintOf, parseFingerprint } from './fingerprint.js';
import type { PlanTools } from './policy.js';

export type NetworkDecision =
  | { readonly kind: 'keep' }
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
    return foreign(network, actual.labels.get(composeLabel.project), project);
  }
  const before = parseFingerprint(actual.labels.get(ownLabel.fingerprint));
  // Made by docker compose: its label says nothing that can be compared, so only what the engine tells counts.
  if (before === undefined) return { kind: 'keep' };
  const fields = networkFields(network);
  const ids = differingFields(before, fingerprintOf(fields, tools.digest));
  if (ids.length === 0) return { kind: 'keep' };
  const place = { project, path: ['networks', network.key] };
  const changes = describeResourceChanges(ids, fields, actual.labels, place);
  return { kind: 'replace', id: actual.id, reason: { kind: 'changed', changes } };
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

function foreign(network: NetworkSpec, owner: string | undefined, project: Project): NetworkDecision {
  const span = ownSpanOf(project.origins, ['networks', network.key]);
  const found =
    owner === undefined ? 'it was not made by a Compose tool' : `it belongs to project "${owner}"`;
  return {
    kind: 'refuse',
    problem: {
      code: 'engine/foreign-resource',
      severity: 'error',
      message: `network ${network.name} exists with an incorrect label ${composeLabel.project}: ${found}`,
      ...(span === undefined ? {} : { span }),
      hint: 'set "external: true" on it to use it as it is, give it another "name:", or remove it',
    },
  };
}
