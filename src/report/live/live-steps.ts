import type { Step, StepKind, WaitCondition } from '../../model/plan.js';
import type { TransferState } from '../../model/transfer.js';
import { idOf } from '../wording.js';
import type { LiveBuild } from './live-build.js';

/** `dropped`: skipped or cancelled. */
export type StepStatus = 'pending' | 'running' | 'done' | 'failed' | 'dropped';

/** What is known of a step while its plan is carried out. */
export interface LiveStep {
  readonly step: Step;
  status: StepStatus;
  startedAtMs: number;
  /** What it says about itself, or about one of several containers, by its name: a provider, health checks. */
  readonly news: Map<string, string>;
  /** It failed, and is tried again at this time. */
  retry: { readonly attempt: number; readonly atMs: number; readonly why: string } | undefined;
  failure: string | undefined;
  /** Of pulls and pushes: all layers together, and those that move. */
  inAll: TransferState | undefined;
  readonly layers: Map<string, LiveLayer>;
  build: LiveBuild | undefined;
}

export interface LiveLayer {
  readonly status: string;
  readonly currentBytes: number;
  readonly totalBytes: number;
}

export function pendingStep(step: Step): LiveStep {
  return {
    step,
    status: 'pending',
    startedAtMs: 0,
    news: new Map(),
    retry: undefined,
    failure: undefined,
    inAll: undefined,
    layers: new Map(),
    build: undefined,
  };
}

/** Which resources a step is about: a wait is about each container that it looks at. */
export function resourcesOf(step: Step): string[] {
  return step.kind === 'wait' ? step.containers.map(({ name }) => `Container ${name}`) : [idOf(step)];
}

const verbs: Readonly<Record<Exclude<StepKind, 'wait'>, string>> = {
  'create-network': 'creating',
  'remove-network': 'removing',
  'connect-network': 'connecting',
  'disconnect-network': 'disconnecting',
  'create-volume': 'creating',
  'remove-volume': 'removing',
  'remove-image': 'removing',
  'pull-image': 'pulling',
  'push-image': 'pushing',
  'build-image': 'building',
  'create-container': 'creating',
  'start-container': 'starting',
  'stop-container': 'stopping',
  'restart-container': 'restarting',
  'pause-container': 'pausing',
  'unpause-container': 'unpausing',
  'kill-container': 'killing',
  'remove-container': 'removing',
  'update-container': 'updating',
  'rename-container': 'renaming',
  'write-files': 'copying files',
  'run-pre-start': 'running pre_start',
  'prepare-model': 'preparing',
  'run-provider': 'preparing',
  'run-hook': 'running hooks',
};

/** What a step does, or what its container is not yet, in words that can be counted: `3 pulling`. */
export function verbOf(step: Step): string {
  if (step.kind === 'create-container' && step.replaces !== undefined) return 'recreating';
  if (step.kind === 'run-provider')
    return { up: 'creating', down: 'removing', stop: 'stopping' }[step.action];
  return step.kind === 'wait' ? notYet[step.condition] : verbs[step.kind];
}

const notYet: Readonly<Record<WaitCondition, string>> = {
  service_healthy: 'not healthy yet',
  service_completed_successfully: 'not done yet',
  running_or_healthy: 'not up yet',
};

const awaited: Readonly<Record<WaitCondition, string>> = {
  service_healthy: 'to be healthy',
  service_completed_successfully: 'to complete',
  running_or_healthy: 'to be up',
};

/** What a step waits for that comes after another one: who, and what is to become of it. */
export function awaitedOf(step: Step): { readonly who: string; readonly what: string } {
  const who = step.service ?? withoutKind(idOf(step));
  switch (step.kind) {
    case 'wait':
      return { who, what: awaited[step.condition] };
    case 'create-network':
    case 'create-volume':
    case 'remove-network':
    case 'remove-volume':
    case 'pull-image':
    case 'push-image':
    case 'build-image':
    case 'remove-image':
    case 'prepare-model':
    case 'run-provider':
      return { who: lowerFirst(idOf(step)), what: '' };
    case 'stop-container':
    case 'kill-container':
      return { who, what: 'to stop' };
    case 'remove-container':
      return { who, what: 'to be removed' };
    case 'create-container':
      return { who, what: 'to be created' };
    default:
      return { who, what: 'to start' };
  }
}

/** `Container app-web-1` → `app-web-1`. */
export function withoutKind(id: string): string {
  return id.replace(/^[A-Z][a-z]+ /, '');
}

function lowerFirst(text: string): string {
  return text.replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}
