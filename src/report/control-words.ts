import type { HoldReason, PassOutcome, WakeReason } from '../model/control.js';
import type { Plan, Reason, Step } from '../model/plan.js';
import type { ControlEvent, ProgressEvent } from '../model/progress.js';
import { foldedList } from './folded-list.js';
import { idOf, type ProgressLine } from './wording.js';

const id = 'Reconcile';

/** The line for an event of the control loop, or undefined for a pass that found nothing that people care about. */
export function controlLine(event: ProgressEvent): ProgressLine | undefined {
  switch (event.kind) {
    case 'pass-planned':
      return {
        id,
        status: 'Warning',
        text: reasonsText(event.reasons),
        details: `to do: ${planText(event.plan)}`,
      };
    case 'pass-ended':
      return outcomeLine(event.outcome, event.reasons, event.durationMs);
    case 'files-invalid':
      return {
        id,
        status: 'Error',
        text: 'Files not valid',
        details: 'what runs stays as it is; waiting for the next save',
      };
    case 'files-valid':
      return { id, status: 'Done', text: 'Files valid again' };
    case 'container-held':
      return { id: `Container ${event.container}`, ...holdWords(event.why, event.service) };
    case 'container-unhealthy':
      return { id: `Container ${event.container}`, status: 'Warning', ...remedyWords(event) };
    case 'engine-lost':
      return { id, status: 'Warning', text: 'Engine lost', details: event.message };
    case 'engine-back':
      return { id, status: 'Done', text: 'Engine back' };
    default:
      return undefined;
  }
}

function outcomeLine(
  outcome: PassOutcome,
  reasons: readonly WakeReason[],
  durationMs: number,
): ProgressLine | undefined {
  switch (outcome.kind) {
    case 'settled':
      return isOfInterest(reasons)
        ? { id, status: 'Done', text: reasonsText(reasons), details: 'nothing to do' }
        : undefined;
    case 'changed':
      return { id, status: 'Done', text: 'As declared again', details: `after ${secondsText(durationMs)}` };
    case 'drift':
      return {
        id,
        status: 'Warning',
        text: reasonsText(reasons),
        details: `differs, and is left: ${planText(outcome.plan)}`,
      };
    case 'failed':
      return {
        id,
        status: 'Error',
        text: 'Failed',
        details: `${firstLine(outcome.error.message)}; again in ${secondsText(outcome.retryInMs)}`,
      };
    case 'skipped':
      return undefined;
    case 'taken-down':
      return { id, status: 'Done', text: 'Project taken down', details: 'nothing left to keep' };
  }
}

/** A person who saves a file or begins a loop wants to hear that it was noticed. */
function isOfInterest(reasons: readonly WakeReason[]): boolean {
  return reasons.some(({ kind }) => kind === 'begin' || kind === 'file');
}

function holdWords(why: HoldReason, service: string): Omit<ProgressLine, 'id'> {
  switch (why.kind) {
    case 'stopped-by-user':
      return {
        status: 'Warning',
        text: 'Stopped by its user',
        details: `left alone until ${startWords(service)}`,
      };
    case 'stopped-before':
      return {
        status: 'Warning',
        text: `Exited (${why.exitCode})`,
        details: `before this began, and like one that was stopped: left alone until ${startWords(service)}`,
      };
    case 'paused':
      return { status: 'Warning', text: 'Paused', details: 'left alone until it is unpaused' };
    case 'crashed':
      return {
        status: 'Warning',
        text: `Exited (${why.exitCode})`,
        details: `again, soon after its start; next start in ${secondsText(why.retryInMs)}`,
      };
  }
}

function startWords(service: string): string {
  return `"start ${service}" or "up"`;
}

function remedyWords({ remedy, retryInMs }: Extract<ControlEvent, { kind: 'container-unhealthy' }>) {
  const text = 'Unhealthy';
  if (remedy === 'notify') return { text };
  const when = retryInMs === 0 ? '' : ` in ${secondsText(retryInMs)}`;
  return { text, details: `${remedy}${when}` };
}

const most = 3;

/** What is to be done and why; steps that only serve others are left out. */
function planText({ steps }: Plan): string {
  const created = new Set(steps.flatMap(({ id: step, kind }) => (kind === 'create-container' ? [step] : [])));
  return listText(
    steps.flatMap((step) => {
      const isInner = step.reason.kind === 'replaced' || (step.reason.kind === 'created' && created.size > 0);
      const verb = isInner ? undefined : verbOf(step);
      return verb === undefined ? [] : [`${verb} ${lowerFirst(idOf(step))}${whyText(step.reason)}`];
    }),
  );
}

function verbOf(step: Step): string | undefined {
  if (step.kind === 'create-container' && step.replaces !== undefined) return 'recreate';
  return /^(create|remove|connect|pull|start|stop|restart|build)-/.exec(step.kind)?.[1];
}

function whyText(reason: Reason): string {
  switch (reason.kind) {
    case 'changed':
      return ` (changed: ${reason.changes.map(({ path }) => path).join(', ')})`;
    case 'not-running':
      return ` (${reason.state}${reason.exitCode === undefined ? '' : ` ${reason.exitCode}`})`;
    case 'not-attached':
      return ` (not in network ${reason.network})`;
    case 'unhealthy':
    case 'orphan':
      return ` (${reason.kind})`;
    default:
      return '';
  }
}

function reasonsText(reasons: readonly WakeReason[]): string {
  const byThing = new Map<string, string>();
  // What the engine remembers from before the loop began tells it who stopped what, and people nothing.
  const news = reasons.slice(
    Math.max(
      0,
      reasons.findIndex(({ kind }) => kind === 'begin'),
    ),
  );
  const isAboutContainers = news.some(({ kind }) => kind === 'container');
  for (const reason of news) {
    // Whoever ends leaves its networks.
    if (isAboutContainers && reason.kind === 'resource' && reason.action === 'disconnect') continue;
    const [thing, what] = reasonWords(reason) ?? [];
    if (thing === undefined || what === undefined) continue;
    byThing.delete(thing);
    byThing.set(thing, `${thing} ${what}`.trim());
  }
  return listText([...byThing.values()]);
}

/** The thing and what became of it; undefined: no reason that means something to people. */
function reasonWords(reason: WakeReason): readonly [string, string] | undefined {
  switch (reason.kind) {
    case 'begin':
      return ['first look', ''];
    case 'container': {
      const what = actionWords[reason.action];
      return what === undefined ? undefined : [`container ${reason.name}`, what];
    }
    case 'resource':
      return [`${reason.resource} ${reason.name}`, resourceWords[reason.action] ?? reason.action];
    case 'file':
      return [reason.path, 'changed'];
    case 'timer':
      return ['a pause is over', ''];
    case 'engine-lost':
      return undefined;
    case 'engine-back':
      return ['engine', 'is back'];
  }
}

const actionWords: Readonly<Record<string, string>> = {
  create: 'was made',
  start: 'was started',
  die: 'ended',
  stop: 'was stopped',
  destroy: 'was removed',
  rename: 'was renamed',
  update: 'was updated',
  pause: 'was paused',
  unpause: 'was unpaused',
  'health_status: healthy': 'is healthy',
  'health_status: unhealthy': 'is unhealthy',
};

const resourceWords: Readonly<Record<string, string>> = {
  create: 'was made',
  destroy: 'was removed',
  disconnect: 'lost a container',
};

function listText(items: readonly string[]): string {
  return foldedList([...new Set(items)], most);
}

function lowerFirst(text: string): string {
  return text.replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

function secondsText(ms: number): string {
  return ms >= 10_000 ? `${Math.round(ms / 1000)} s` : `${(ms / 1000).toFixed(1).replace(/\.0$/, '')} s`;
}
