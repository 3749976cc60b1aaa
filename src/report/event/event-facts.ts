import type { BuildProgress } from '../../model/build.js';
import type { PassOutcome } from '../../model/control.js';
import type { ProgressEvent } from '../../model/progress.js';
import { planJson } from '../../plan/text/plan-json.js';
import { eventStep, ongoingStep } from './event-step.js';
import { failureFacts } from './failure-facts.js';
import type { EventBuild, EventFacts, PassOutcomeDocument } from './progress-document.js';

export type EventOf<K extends ProgressEvent['kind']> = Extract<ProgressEvent, { kind: K }>;
/**
 * What an event tells, without what is for us only: specs of containers, errors as objects, bytes. The end of a plan is
 * told with what became of its steps, which no event has.
 */
export const factsOf: {
  readonly [K in Exclude<ProgressEvent['kind'], 'plan-ended'>]: (event: EventOf<K>) => EventFacts[K];
} = {
  'plan-started': ({ plan }) => ({ plan: planJson(plan) }),
  'step-started': ({ step }) => ({ step: eventStep(step) }),
  'step-progress': ({ step, inAll, failedProbes }) => ({
    step: ongoingStep(step),
    ...(inAll === undefined ? {} : { transfer: inAll }),
    ...(failedProbes === undefined ? {} : { failedProbes }),
  }),
  'step-retry': ({ step, attempt, waitMs, error }) => ({
    ...{ step: eventStep(step), attempt, waitMs },
    failure: failureFacts(error),
  }),
  'build-progress': ({ step, progress }) => ({ step: ongoingStep(step), build: buildFacts(progress) }),
  'step-done': ({ step, warning, transferred }) => ({
    step: eventStep(step),
    ...(warning === undefined ? {} : { warning }),
    ...(transferred === undefined ? {} : { transfer: transferred }),
  }),
  'step-failed': ({ step, error }) => ({ step: eventStep(step), failure: failureFacts(error) }),
  'step-skipped': ({ step, because }) => ({ step: eventStep(step), because }),
  'step-cancelled': ({ step }) => ({ step: eventStep(step) }),
  'pass-started': ({ reasons }) => ({ reasons }),
  'pass-planned': ({ reasons, plan }) => ({ reasons, plan: planJson(plan) }),
  'pass-ended': ({ reasons, outcome, durationMs }) => ({
    ...{ reasons, outcome: outcomeFacts(outcome), durationMs },
  }),
  'files-invalid': ({ error }) => ({ failure: failureFacts(error) }),
  'files-valid': () => ({}),
  'container-held': ({ container, service, why }) => ({ container, service, why }),
  'container-unhealthy': ({ container, service, remedy, retryInMs }) => ({
    ...{ container, service, remedy, retryInMs },
  }),
  'engine-lost': ({ message }) => ({ message }),
  'engine-back': () => ({}),
  'watch-note': ({ service, path, why }) => ({ service, path, why }),
  'watch-enabled': ({ rules, watchCount, durationMs }) => ({ rules, watchCount, durationMs }),
  'watch-disabled': () => ({}),
  'watch-acting': ({ action, services, files }) => ({ action, services, files }),
  'watch-acted': ({ action, services, files, containers, durationMs }) => ({
    ...{ action, services, files, containers, durationMs },
  }),
  'watch-failed': ({ action, services, files, error }) => ({
    ...{ action, services, files },
    failure: failureFacts(error),
  }),
  // The command may hold secrets, and what it wrote stands in the words.
  'watch-exec-ended': ({ service, container, exitCode }) => ({ service, container, exitCode }),
};

function outcomeFacts(outcome: PassOutcome): PassOutcomeDocument {
  switch (outcome.kind) {
    case 'changed':
    case 'drift':
      return { kind: outcome.kind, plan: planJson(outcome.plan) };
    case 'failed':
      return { kind: 'failed', failure: failureFacts(outcome.error), retryInMs: outcome.retryInMs };
    default:
      return { kind: outcome.kind };
  }
}

/** What it has printed stands in the words. */
function buildFacts(progress: BuildProgress): EventBuild {
  const { kind, step } = progress;
  switch (progress.kind) {
    case 'started':
      return { kind, step, name: progress.name };
    case 'ended': {
      const { name, outcome, durationMs } = progress;
      return { kind, step, name, outcome, ...(durationMs === undefined ? {} : { durationMs }) };
    }
    case 'bytes':
      return { kind, step, name: progress.part };
    case 'output':
      return { kind, step, stream: progress.stream };
    case 'warning': {
      const { line, url } = progress;
      return { kind, step, ...(line === undefined ? {} : { line }), ...(url === undefined ? {} : { url }) };
    }
  }
}
