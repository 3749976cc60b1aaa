import { isUp } from '../model/is-up.js';
import type { ObservedContainer } from '../model/observed.js';
import { UsageError } from '../problems/errors.js';

export interface ReplicaRequest {
  readonly service: string;
  /** Number of the replica; undefined or 0: the lowest that there is. */
  readonly index?: number | undefined;
  /** `running`: a container that is up; `any`: stopped ones too. */
  readonly state: 'running' | 'any';
}

/**
 * The container of a service that a command means: replicas by number, one-offs only when there is nothing else.
 * Throws UsageError when there is none.
 */
export function chooseReplica(
  containers: readonly ObservedContainer[],
  request: ReplicaRequest,
): ObservedContainer {
  const candidates = replicasOf(containers, request);
  const { index = 0 } = request;
  const found = index === 0 ? candidates[0] : candidates.find(({ number }) => number === index);
  if (found !== undefined) return found;
  throw noneOf(containers, request);
}

/** Containers of a service, replicas by number, then one-offs. */
export function replicasOf(
  containers: readonly ObservedContainer[],
  { service, state }: Pick<ReplicaRequest, 'service' | 'state'>,
): ObservedContainer[] {
  return containers
    .filter((container) => container.service === service && (state === 'any' || isUp(container)))
    .sort((a, b) => rankOf(a) - rankOf(b) || a.createdAtMs - b.createdAtMs);
}

function rankOf({ isOneOff, number = 0 }: ObservedContainer): number {
  return isOneOff ? Number.MAX_SAFE_INTEGER : number;
}

function noneOf(containers: readonly ObservedContainer[], request: ReplicaRequest): UsageError {
  const { service, index = 0, state } = request;
  const which = index === 0 ? '' : ` container #${index}`;
  const up = [...new Set(containers.filter((c) => state === 'any' || isUp(c)).map((c) => c.service))];
  const numbers = replicasOf(containers, request).flatMap(({ number }) => number ?? []);
  const hint =
    numbers.length > 0
      ? `its containers have the numbers ${numbers.join(', ')}`
      : up.length > 0
        ? `there are: ${up.sort().join(', ')}`
        : 'start the project with "up -d" first';
  const words = state === 'running' ? `service "${service}" is not running${which}` : missing(service, index);
  return new UsageError(words, { hint });
}

function missing(service: string, index: number): string {
  return index === 0
    ? `no container found for service "${service}"`
    : `service "${service}" has no container #${index}`;
}
