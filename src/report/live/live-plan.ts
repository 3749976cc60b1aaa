import type { Plan, Step, StepKind } from '../../model/plan.js';
import type { ProgressEvent } from '../../model/progress.js';
import { retryCause } from '../transfer-details.js';
import { LiveBuild } from './live-build.js';
import { type LiveStep, pendingStep, resourcesOf } from './live-steps.js';

/** Whatever a plan touches, with all that the plan does to it. */
export interface LiveResource {
  /** `Container app-web-1`. */
  readonly id: string;
  readonly service: string | undefined;
  /** In the order of the plan. */
  readonly steps: readonly LiveStep[];
}

type StepEvent = Extract<ProgressEvent, { readonly step: Step }>;

/** One plan while it is carried out: what its events say, and nothing else. */
export class LivePlan {
  readonly project: string;
  readonly startedAtMs: number;
  readonly steps: ReadonlyMap<number, LiveStep>;
  readonly resources: readonly LiveResource[];
  readonly #startedKinds = new Set<StepKind>();

  constructor(plan: Plan, startedAtMs: number) {
    this.project = plan.project;
    this.startedAtMs = startedAtMs;
    this.steps = new Map(plan.steps.map((step) => [step.id, pendingStep(step)]));
    this.resources = resourcesIn([...this.steps.values()]);
  }

  /** What a step comes after and what goes on yet. */
  openBefore({ step }: LiveStep): Step[] {
    return [...step.after, ...step.afterSettled].flatMap((id) => {
      const other = this.steps.get(id);
      return other === undefined || isSettled(other) ? [] : [other.step];
    });
  }

  /** Whether steps of a kind tell when they start: not where a person does not want to hear of them. */
  tellsOf({ step }: LiveStep): boolean {
    return this.#startedKinds.has(step.kind);
  }

  /** Gives lines that stay, of what has ended inside of a step. */
  note(event: StepEvent): string[] {
    const live = this.steps.get(event.step.id);
    // Another plan that is carried out at the same time counts its steps as this one does.
    if (live?.step !== event.step) return [];
    switch (event.kind) {
      case 'step-started':
        live.status = 'running';
        live.startedAtMs = event.atMs;
        this.#startedKinds.add(event.step.kind);
        return [];
      case 'step-progress':
        noteProgress(live, event);
        return [];
      case 'build-progress':
        live.build ??= new LiveBuild(event.step.service ?? '');
        return live.build.note(event.progress, event.atMs);
      case 'step-retry':
        live.layers.clear();
        live.retry = {
          attempt: event.attempt,
          atMs: event.atMs + event.waitMs,
          why: retryCause(event.error),
        };
        return [];
      case 'step-done':
        live.status = 'done';
        return [];
      case 'step-failed':
        live.status = 'failed';
        live.failure = event.error.message;
        return [];
      case 'step-skipped':
      case 'step-cancelled':
        live.status = 'dropped';
        return [];
    }
  }
}

function noteProgress(live: LiveStep, event: Extract<ProgressEvent, { kind: 'step-progress' }>): void {
  const { part, status, currentBytes, totalBytes, inAll, failedProbes } = event;
  live.retry = undefined;
  if (inAll === undefined) {
    live.news.set(part, failedProbes === undefined ? status : failedProbesText(failedProbes));
    return;
  }
  live.inAll = inAll;
  if (currentBytes === undefined || totalBytes === undefined) live.layers.delete(part);
  else live.layers.set(part, { status, currentBytes, totalBytes });
}

function failedProbesText(count: number): string {
  return count === 1 ? '1 probe failed' : `${count} probes failed`;
}

function resourcesIn(steps: readonly LiveStep[]): LiveResource[] {
  const resources = new Map<string, { id: string; service: string | undefined; steps: LiveStep[] }>();
  for (const live of steps) {
    for (const id of resourcesOf(live.step)) {
      const resource = resources.get(id) ?? { id, service: undefined, steps: [] };
      resources.set(id, resource);
      resource.service ??= live.step.service;
      resource.steps.push(live);
    }
  }
  return [...resources.values()];
}

export function isSettled({ status }: LiveStep): boolean {
  return status !== 'pending' && status !== 'running';
}
