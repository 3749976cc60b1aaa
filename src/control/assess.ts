import type { HoldReason } from '../model/control.js';
import type { ObservedContainer, ObservedContainerDetails } from '../model/observed.js';
import type { Project } from '../model/project.js';
import type { ServiceSpec } from '../model/service.js';
import type { Remedy } from '../plan/policy.js';
import type { Backoffs } from './backoff.js';
import type { ContainerMemory } from './container-memory.js';
import { judgeExited, wasSoundRun } from './judge-container.js';

/** What the loop makes of the containers that it has found. */
export interface Assessment {
  readonly untouched: ReadonlySet<string>;
  readonly unstarted: ReadonlySet<string>;
  readonly remedies: ReadonlyMap<string, Remedy>;
  /** Services that keep on exiting and wait for their next attempt. */
  readonly crashed: ReadonlySet<string>;
  readonly held: readonly { readonly container: ObservedContainer; readonly why: HoldReason }[];
  readonly unhealthy: readonly {
    readonly container: ObservedContainer;
    readonly remedy: Remedy | 'notify';
    readonly retryInMs: number;
  }[];
}

export interface AssessTools {
  readonly memory: ContainerMemory;
  readonly backoffs: Backoffs;
  /** Runs whose end has been counted, and containers whose illness has: by container id, with the time of the run. */
  readonly counted: Map<string, string>;
  readonly nowMs: number;
  inspect(id: string): Promise<ObservedContainerDetails | undefined>;
}

interface Findings {
  readonly untouched: Set<string>;
  readonly unstarted: Set<string>;
  readonly remedies: Map<string, Remedy>;
  readonly crashed: Set<string>;
  readonly held: { container: ObservedContainer; why: HoldReason }[];
  readonly unhealthy: { container: ObservedContainer; remedy: Remedy | 'notify'; retryInMs: number }[];
}

/** Judges the replicas of the services in scope. Looks closer only at those that have exited. */
export async function assess(
  containers: readonly ObservedContainer[],
  project: Project,
  scope: readonly string[],
  tools: AssessTools,
): Promise<Assessment> {
  const findings: Findings = {
    untouched: new Set(),
    unstarted: new Set(),
    remedies: new Map(),
    crashed: new Set(),
    held: [],
    unhealthy: [],
  };
  const { memory, nowMs } = tools;
  const isMeant = new Set(scope);
  for (const container of containers) {
    const service = isMeant.has(container.service) ? project.services.get(container.service) : undefined;
    if (service === undefined || container.isOneOff) continue;
    if (container.state === 'paused') hold(findings, container, { kind: 'paused' });
    else if (container.state === 'exited') await assessExited(findings, container, service, tools);
    else if (memory.isEnding(container.id, nowMs)) findings.untouched.add(container.id);
    else if (container.health === 'unhealthy') assessUnhealthy(findings, container, service, tools);
    else if (tools.counted.get(container.id) === 'ill') tools.counted.delete(container.id);
  }
  return findings;
}

function hold({ untouched, held }: Findings, container: ObservedContainer, why: HoldReason): void {
  untouched.add(container.id);
  held.push({ container, why });
}

async function assessExited(
  findings: Findings,
  container: ObservedContainer,
  service: ServiceSpec,
  { memory, backoffs, counted, nowMs, inspect }: AssessTools,
): Promise<void> {
  const details = await inspect(container.id);
  // Gone, or up again, since the list was taken: an event will say so.
  if (details === undefined || details.state !== 'exited') {
    findings.unstarted.add(container.id);
    return;
  }
  const verdict = judgeExited(container, details, service, memory);
  if (verdict.kind === 'start') return;
  if (verdict.kind === 'left') return hold(findings, container, verdict.why);
  if (verdict.kind === 'finished') {
    findings.unstarted.add(container.id);
    return;
  }
  const key = crashKey(container);
  const run = `ended ${details.finishedAtMs ?? 0}`;
  if (counted.get(container.id) !== run) {
    counted.set(container.id, run);
    if (wasSoundRun(details)) backoffs.reset(key);
    const { attempt, delayMs } = backoffs.fail(key, nowMs);
    if (delayMs > 0) {
      const { exitCode } = verdict;
      findings.held.push({ container, why: { kind: 'crashed', exitCode, attempt, retryInMs: delayMs } });
    }
  }
  if (!backoffs.isWaiting(key, nowMs)) return;
  findings.unstarted.add(container.id);
  findings.crashed.add(container.service);
}

/** A cure that did not last waits longer every time; having been healthy in between ends the row. */
function assessUnhealthy(
  { remedies, unhealthy }: Findings,
  container: ObservedContainer,
  { onUnhealthy = 'notify' }: ServiceSpec,
  { memory, backoffs, counted, nowMs }: AssessTools,
): void {
  const key = illnessKey(container);
  if (counted.get(container.id) !== 'ill') {
    counted.set(container.id, 'ill');
    if (memory.wasHealthy(container.id) && backoffs.isPast(key, nowMs)) backoffs.reset(key);
    const retryInMs = onUnhealthy === 'notify' ? 0 : backoffs.fail(key, nowMs).delayMs;
    unhealthy.push({ container, remedy: onUnhealthy, retryInMs });
  }
  if (onUnhealthy !== 'notify' && !backoffs.isWaiting(key, nowMs)) remedies.set(container.id, onUnhealthy);
}

/** A new container of the same place goes on with the row of the one before. */
function crashKey({ service, number }: ObservedContainer): string {
  return `crash ${service} ${number ?? ''}`;
}

function illnessKey({ service, number }: ObservedContainer): string {
  return `ill ${service} ${number ?? ''}`;
}
