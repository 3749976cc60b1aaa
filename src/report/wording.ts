import type { Step } from '../model/plan.js';
import type { ProgressEvent } from '../model/progress.js';
import { transferDetails } from './transfer-details.js';

/** One line of progress in docker compose's words: scripts and people know them. */
export interface ProgressLine {
  /** `Container app-web-1`, `Network app_default`… */
  readonly id: string;
  readonly status: 'Working' | 'Done' | 'Warning' | 'Error';
  readonly text: string;
  readonly details?: string;
  /** Whose part it is: of a layer, its image. */
  readonly parentId?: string;
  /** Bytes, and how many of a hundred parts of them are done. */
  readonly current?: number;
  readonly total?: number;
  readonly percent?: number;
}

/** The line for an event, or undefined for what people need not see, such as the inner steps of a recreation. */
export function progressLine(event: ProgressEvent): ProgressLine | undefined {
  switch (event.kind) {
    case 'step-started': {
      const words = wordsOf(event.step);
      return words?.working === undefined
        ? undefined
        : { id: words.id, status: 'Working', text: words.working, ...detailed(event) };
    }
    case 'step-done': {
      const words = wordsOf(event.step);
      if (event.warning !== undefined) {
        return { id: words?.id ?? '', status: 'Warning', text: 'Warning', details: event.warning };
      }
      return words?.done === undefined
        ? undefined
        : { id: words.id, status: 'Done', text: words.done, ...detailed(event) };
    }
    case 'step-retry':
      return { id: idOf(event.step), status: 'Working', text: 'Retrying', ...detailed(event) };
    case 'step-failed':
      return { id: idOf(event.step), status: 'Error', text: 'Error', details: event.error.message };
    case 'step-progress':
      return event.step.kind === 'run-provider' || event.step.kind === 'prepare-model'
        ? { id: idOf(event.step), status: 'Working', text: event.status }
        : undefined;
    case 'step-skipped':
      return undefined;
    default:
      return undefined;
  }
}

function detailed(event: Parameters<typeof transferDetails>[0]): Pick<ProgressLine, 'details'> {
  const details = transferDetails(event);
  return details === undefined ? {} : { details };
}

interface Words {
  readonly id: string;
  readonly working?: string;
  readonly done?: string;
}

function wordsOf(step: Step): Words | undefined {
  const id = idOf(step);
  const isInner = step.reason.kind === 'replaced';
  switch (step.kind) {
    case 'create-network':
    case 'create-volume':
      return { id, working: 'Creating', done: 'Created' };
    case 'remove-network':
    case 'remove-volume':
    case 'remove-image':
      return { id, working: 'Removing', done: 'Removed' };
    case 'pull-image':
      return { id, working: 'Pulling', done: 'Pulled' };
    case 'push-image':
      return { id, working: 'Pushing', done: 'Pushed' };
    case 'build-image':
      return { id, working: 'Building', done: 'Built' };
    case 'create-container':
      return step.replaces === undefined
        ? { id, working: 'Creating', done: 'Created' }
        : { id, working: 'Recreate' };
    case 'rename-container':
      return step.reason.kind === 'created' ? { id, done: 'Recreated' } : { id, done: 'Renamed' };
    case 'start-container':
      return { id, working: 'Starting', done: 'Started' };
    case 'stop-container':
      return isInner ? undefined : { id, working: 'Stopping', done: 'Stopped' };
    case 'restart-container':
      return { id, working: 'Restarting', done: 'Started' };
    case 'pause-container':
      return { id, working: 'Pausing', done: 'Paused' };
    case 'unpause-container':
      return { id, working: 'Unpausing', done: 'Unpaused' };
    case 'kill-container':
      return { id, working: 'Killing', done: 'Killed' };
    case 'remove-container':
      return isInner ? undefined : { id, working: 'Removing', done: 'Removed' };
    case 'update-container':
      return { id, working: 'Updating', done: 'Updated' };
    case 'write-files':
      return undefined;
    case 'run-pre-start':
      return { id, working: `Running pre_start[${step.index}]`, done: `Ran pre_start[${step.index}]` };
    case 'prepare-model':
      return { id, working: 'Preparing', done: 'Prepared' };
    case 'run-provider':
      return { id, ...providerWords[step.action] };
    case 'run-hook':
      return { id, working: `Running ${step.phase} hook`, done: `Ran ${step.phase} hook` };
    case 'wait':
      return { id, working: 'Waiting', done: waitWords[step.condition] };
    case 'connect-network':
      return {
        id,
        working: `Connecting to ${step.endpoint.network}`,
        done: `Connected to ${step.endpoint.network}`,
      };
    case 'disconnect-network':
      return { id, working: `Disconnecting from ${step.network}`, done: `Disconnected from ${step.network}` };
  }
}

const providerWords = {
  up: { working: 'Creating', done: 'Created' },
  down: { working: 'Removing', done: 'Removed' },
  stop: { working: 'Stopping', done: 'Stopped' },
} as const;

const waitWords = {
  service_healthy: 'Healthy',
  service_completed_successfully: 'Exited',
  running_or_healthy: 'Healthy',
} as const;

/** Under which name a step is shown. A replacement goes by the name that it will have. */
export function idOf(step: Step): string {
  switch (step.kind) {
    case 'create-network':
      return `Network ${step.network.name}`;
    case 'remove-network':
      return `Network ${step.name}`;
    case 'create-volume':
      return `Volume ${step.volume.name}`;
    case 'remove-volume':
      return `Volume ${step.name}`;
    case 'build-image':
      return `Image ${step.build.names[0]}`;
    case 'pull-image':
    case 'push-image':
    case 'remove-image':
      return `Image ${step.reference}`;
    case 'create-container':
      return `Container ${step.replaces ?? step.spec.name}`;
    case 'run-pre-start':
      return `Container ${step.spec.name}`;
    case 'prepare-model':
      return `Model ${step.model.key}`;
    case 'run-provider':
      return `Provider ${step.service}`;
    case 'rename-container':
      return `Container ${step.name}`;
    case 'wait':
      return `Container ${step.containers.map(({ name }) => name).join(', ')}`;
    default:
      return `Container ${step.container.name}`;
  }
}
