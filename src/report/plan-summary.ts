import { naturalOrder } from '../model/order.js';
import type { Step } from '../model/plan.js';
import type { ProgressEvent } from '../model/progress.js';
import { foldedList } from './folded-list.js';
import { idOf } from './wording.js';

/** What became of a resource in all, in the order in which a summary tells it. */
const deedWords = {
  ...{ pulled: 'pulled', pushed: 'pushed', built: 'built', prepared: 'prepared' },
  ...{ created: 'created', recreated: 'recreated', renamed: 'renamed', updated: 'updated' },
  ...{ started: 'started', restarted: 'restarted', unpaused: 'unpaused' },
  ...{ paused: 'paused', killed: 'killed', stopped: 'stopped', removed: 'removed' },
  ...{ left: 'still in use', kept: 'kept', failed: 'failed', skipped: 'left out', cancelled: 'not finished' },
};
type Deed = keyof typeof deedWords;
const deeds = Object.keys(deedWords) as Deed[];

const namesShown = 3;
/** Whoever is said to be this is not said to be started too. */
const outrankStart: readonly (Deed | undefined)[] = ['created', 'recreated', 'restarted'];
const ends = { 'step-failed': 'failed', 'step-skipped': 'skipped', 'step-cancelled': 'cancelled' } as const;
const isEnd = (deed: Deed | undefined) => Object.values<Deed | undefined>(ends).includes(deed);

/** What all plans of a command have done, each resource once, in a few lines however many there are. */
export class PlanSummary {
  readonly #deeds = new Map<string, Deed>();
  #startedAtMs: number | undefined;
  #endedAtMs = 0;

  note(event: ProgressEvent): void {
    switch (event.kind) {
      case 'plan-started':
        this.#startedAtMs ??= event.atMs;
        for (const note of event.plan.notes) {
          if (note.kind === 'kept' && note.resource === 'container') this.#keep(`Container ${note.name}`);
        }
        break;
      case 'step-done':
        this.#done(event.step, event.warning);
        break;
      case 'step-failed':
      case 'step-skipped':
      case 'step-cancelled':
        this.#end(event.step, ends[event.kind]);
        break;
      case 'plan-ended':
        this.#endedAtMs = event.atMs;
    }
  }

  /** What there is to say, and forgets it; empty: nothing was changed. */
  take(): string[] {
    const lines = this.#lines();
    this.#deeds.clear();
    this.#startedAtMs = undefined;
    return lines;
  }

  #lines(): string[] {
    // Whoever wants to see failures only is told nothing else.
    if (this.#startedAtMs === undefined) return [];
    const rows = deeds.flatMap((deed) => {
      const names = [...this.#deeds].flatMap(([id, each]) => (each === deed ? [shortName(id)] : []));
      return names.length === 0 ? [] : [{ deed, names: names.sort(naturalOrder) }];
    });
    const changed = rows.flatMap(({ deed, names }) => (deed === 'kept' ? [] : names));
    const outcome = this.#outcome();
    // Of one thing its own line has told everything.
    if (changed.length < (outcome === 'Done in' ? 2 : 1)) return [];
    const width = Math.max(...rows.map(({ deed }) => deedWords[deed].length));
    const digits = Math.max(...rows.map(({ names }) => String(names.length).length));
    return [
      `${outcome} ${durationText(this.#endedAtMs - this.#startedAtMs)}`,
      ...rows.map(({ deed, names }) => {
        const count = String(names.length).padStart(digits);
        return `  ${deedWords[deed].padEnd(width)}  ${count}  ${foldedList(names, namesShown)}`;
      }),
    ];
  }

  #outcome(): string {
    const all = new Set(this.#deeds.values());
    if (all.has('failed')) return 'Failed after';
    return all.has('cancelled') ? 'Cancelled after' : 'Done in';
  }

  #keep(id: string): void {
    if (!this.#deeds.has(id)) this.#deeds.set(id, 'kept');
  }

  #done(step: Step, warning: string | undefined): void {
    const deed = warning === undefined ? deedOf(step) : step.kind.startsWith('remove-') ? 'left' : undefined;
    if (deed === undefined) return;
    for (const id of idsOf(step)) {
      const before = this.#deeds.get(id);
      if (isEnd(before) || (deed === 'started' && outrankStart.includes(before))) continue;
      this.#deeds.set(id, deed);
    }
  }

  /** What failed stays failed, whatever comes after it. */
  #end(step: Step, deed: 'failed' | 'skipped' | 'cancelled'): void {
    for (const id of idsOf(step)) {
      if (this.#deeds.get(id) !== 'failed') this.#deeds.set(id, deed);
    }
  }
}

/** What a step makes of its resource; undefined: nothing that anybody asked for. */
function deedOf(step: Step): Deed | undefined {
  const isInner = step.reason.kind === 'replaced';
  switch (step.kind) {
    case 'pull-image':
      return 'pulled';
    case 'push-image':
      return 'pushed';
    case 'build-image':
      return 'built';
    case 'prepare-model':
      return 'prepared';
    case 'create-network':
    case 'create-volume':
      return 'created';
    case 'create-container':
      return step.replaces === undefined ? 'created' : 'recreated';
    case 'remove-network':
    case 'remove-volume':
    case 'remove-image':
      return 'removed';
    case 'remove-container':
      return isInner ? undefined : 'removed';
    case 'stop-container':
      return isInner ? undefined : 'stopped';
    case 'rename-container':
      return step.reason.kind === 'created' ? undefined : 'renamed';
    case 'start-container':
      return 'started';
    case 'restart-container':
      return 'restarted';
    case 'pause-container':
      return 'paused';
    case 'unpause-container':
      return 'unpaused';
    case 'kill-container':
      return 'killed';
    case 'update-container':
    case 'connect-network':
    case 'disconnect-network':
      return step.reason.kind === 'created' ? undefined : 'updated';
    case 'run-provider':
      return ({ up: 'created', down: 'removed', stop: 'stopped' } as const)[step.action];
    case 'write-files':
    case 'run-pre-start':
    case 'run-hook':
    case 'wait':
      return undefined;
  }
}

function idsOf(step: Step): string[] {
  return step.kind === 'wait' ? step.containers.map(({ name }) => `Container ${name}`) : [idOf(step)];
}

/** Containers go by their name, whatever else there is says what it is. */
export function shortName(id: string): string {
  return id.startsWith('Container ')
    ? id.slice('Container '.length)
    : `${id[0]?.toLowerCase()}${id.slice(1)}`;
}

function durationText(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
