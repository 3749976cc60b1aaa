import type { LimitSpec } from '../../model/limits.js';
import type { ObservedContainer } from '../../model/observed.js';
import type { FieldChange } from '../../model/plan.js';
import type { ResourceSpec } from '../../model/resources.js';
import type { RestartSpec } from '../../model/service.js';
import type { DesiredContainer } from './desired-container.js';

/** Limits of a container that somebody changed after it was made. */
export interface UpdatedLimits {
  /** At least one; old is what the container has, new what the files say. */
  readonly changes: readonly FieldChange[];
  /** What to set on it so that it is right again; undefined: a limit must go, which engines cannot do. */
  readonly remedy: LimitSpec | undefined;
}

type LimitKey = Exclude<keyof LimitSpec, 'restart'>;

/**
 * The limits that an update can change, by their names in the file. `count`: a value that nobody asked for was set by
 * somebody; `are-chosen`: engines choose one by themselves.
 */
const limits: readonly (readonly [name: string, key: LimitKey, unasked: 'count' | 'are-chosen'])[] = [
  ['cpus', 'cpus', 'count'],
  ['cpu_shares', 'cpuShares', 'count'],
  ['cpu_period', 'cpuPeriod', 'count'],
  ['cpu_quota', 'cpuQuota', 'count'],
  ['cpu_rt_period', 'cpuRealtimePeriod', 'count'],
  ['cpu_rt_runtime', 'cpuRealtimeRuntime', 'count'],
  ['cpuset', 'cpuset', 'count'],
  ['mem_limit', 'memoryBytes', 'count'],
  ['mem_reservation', 'memoryReservationBytes', 'count'],
  ['memswap_limit', 'memorySwapBytes', 'are-chosen'],
  ['pids_limit', 'pidsLimit', 'are-chosen'],
];

/**
 * Limits in which a container that was inspected is not as it was made. undefined: none, or nobody looked. A wish that
 * the container has no value for is no difference: a kernel that cannot limit it made the engine drop it.
 */
export function updatedLimits(
  { details }: Pick<ObservedContainer, 'details'>,
  desired: DesiredContainer,
): UpdatedLimits | undefined {
  if (details === undefined) return undefined;
  const wish = desired.service.resources;
  const found = details.service.resources;
  const differing = limits.filter(([, key, unasked]) => differs(key, unasked, wish, found));
  const restart = restartOf(desired.service.restart);
  const foundRestart = restartOf(details.service.restart);
  const isRestartChanged = !isSameRestart(restart, foundRestart);
  if (differing.length === 0 && !isRestartChanged) return undefined;
  const changes = [
    ...differing.map(([name, key]) => changeOf(name, textOf(found[key]), textOf(wish[key]), desired)),
    ...(isRestartChanged
      ? [changeOf('restart', restartText(foundRestart), restartText(restart), desired)]
      : []),
  ];
  const canStay = differing.every(([, key]) => isSet(wish[key]));
  const values = Object.fromEntries(differing.map(([, key]) => [key, wish[key]]));
  const remedy = { ...values, ...swapBeside(values, wish, found), ...(isRestartChanged ? { restart } : {}) };
  return { changes, remedy: canStay ? remedy : undefined };
}

function differs(
  key: LimitKey,
  unasked: 'count' | 'are-chosen',
  wish: ResourceSpec,
  found: ResourceSpec,
): boolean {
  const value = found[key];
  if (!isSet(value)) return false;
  const wanted = wish[key];
  if (isSet(wanted)) return !isSame(wanted, value);
  return unasked === 'count' && !isOtherFormOfCpus(key, wish);
}

/** Engines may tell a number of CPUs as quota and period, and the other way round. */
function isOtherFormOfCpus(key: LimitKey, { cpus, cpuQuota, cpuPeriod }: ResourceSpec): boolean {
  if (key === 'cpus') return isSet(cpuQuota) || isSet(cpuPeriod);
  return (key === 'cpuQuota' || key === 'cpuPeriod') && isSet(cpus);
}

/** 0, -1 and nothing all stand for no limit. */
function isSet(value: number | string | undefined): value is number | string {
  return value !== undefined && value !== '' && value !== 0 && value !== -1;
}

/** Engines keep CPUs as whole billionths. */
function isSame(wanted: number | string, found: number | string): boolean {
  if (typeof wanted === 'number' && typeof found === 'number') return Math.abs(wanted - found) < 1e-9;
  return wanted === found;
}

/** Memory may not get larger than memory and swap together: without a wish that is twice the memory, as at first. */
function swapBeside(
  { memoryBytes, memorySwapBytes }: LimitSpec,
  wish: ResourceSpec,
  found: ResourceSpec,
): Pick<LimitSpec, 'memorySwapBytes'> {
  if (memoryBytes === undefined || memorySwapBytes !== undefined || !isSet(found.memorySwapBytes)) return {};
  return { memorySwapBytes: isSet(wish.memorySwapBytes) ? wish.memorySwapBytes : 2 * memoryBytes };
}

function restartOf(restart: RestartSpec | undefined): RestartSpec {
  return restart ?? { policy: 'no' };
}

function isSameRestart(wish: RestartSpec, found: RestartSpec): boolean {
  return wish.policy === found.policy && (wish.maxRetries ?? 0) === (found.maxRetries ?? 0);
}

/** As in the file: `on-failure:3`. */
function restartText({ policy, maxRetries = 0 }: RestartSpec): string {
  return maxRetries === 0 ? policy : `${policy}:${maxRetries}`;
}

function textOf(value: number | string | undefined): string | undefined {
  return isSet(value) ? String(value) : undefined;
}

function changeOf(
  name: string,
  oldValue: string | undefined,
  newValue: string | undefined,
  { project, service }: DesiredContainer,
): FieldChange {
  const span = project.origins.spanOf(['services', service.name, name]);
  return { path: name, oldValue, isOldKnown: true, newValue, span, isSecret: false };
}
