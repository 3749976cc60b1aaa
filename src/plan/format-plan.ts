import { tooOldText } from '../model/engine-requirements.js';
import { finalNameOf } from '../model/names.js';
import type { ContainerRef, Plan, PlanNote, Reason, Step } from '../model/plan.js';
import { redactChange, redactText } from '../model/redact.js';
import { intervalText } from './interval-text.js';

/** How to show a place in a file; usually relative to where the person stands. */
export type ShowSpan = (span: NonNullable<ChangeSpan>) => string;
type ChangeSpan = Extract<Reason, { kind: 'changed' }>['changes'][number]['span'];

/**
 * A plan as text: one line a step with what it waits for and why, below it each changed attribute with old and new
 * value and the place of the new one. `tscompose plan`, the dry run, golden tests and bug reports share it.
 */
export function formatPlan(plan: Plan, showSpan: ShowSpan): string {
  const rows = plan.steps.map((step) => [
    `#${step.id} ${stepTitle(step)}`,
    afterText(step),
    reasonText(step.reason),
  ]);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = plan.steps.flatMap((step, index) => {
    const [title = '', after = '', reason = ''] = rows[index] ?? [];
    const line = `${title.padEnd(widths[0] ?? 0)}  ${after.padEnd(widths[1] ?? 0)}  ${reason}`;
    return [`${line}${replacesText(step)}`.trimEnd(), ...changeLines(step.reason, showSpan)];
  });
  return [...lines, ...plan.notes.flatMap((note) => noteLines(note, showSpan))].join('\n');
}

export function stepTitle(step: Step): string {
  switch (step.kind) {
    case 'create-network':
      return `create network ${step.network.name}`;
    case 'remove-network':
      return `remove network ${step.name}`;
    case 'connect-network':
      return `connect ${refName(step.container)} to ${step.endpoint.network}`;
    case 'disconnect-network':
      return `disconnect ${refName(step.container)} from ${step.network}`;
    case 'create-volume':
      return `create volume ${step.volume.name}`;
    case 'remove-volume':
      return `remove volume ${step.name}`;
    case 'pull-image':
      return `pull image ${step.reference}`;
    case 'remove-image':
      return `remove image ${step.reference}`;
    case 'create-container':
      return `create container ${finalNameOf(step.spec.name) ?? step.spec.name}`;
    case 'start-container':
      return `start container ${refName(step.container)}`;
    case 'stop-container':
      return `stop container ${refName(step.container)}`;
    case 'restart-container':
      return `restart container ${refName(step.container)}`;
    case 'pause-container':
      return `pause container ${refName(step.container)}`;
    case 'unpause-container':
      return `unpause container ${refName(step.container)}`;
    case 'kill-container':
      return `send ${step.unixSignal} to container ${refName(step.container)}`;
    case 'remove-container':
      return `remove container ${refName(step.container)}`;
    case 'rename-container':
      return `rename container to ${step.name}`;
    case 'write-files':
      return `write ${step.files.map(({ path }) => path).join(', ')} into ${refName(step.container)}`;
    case 'run-pre-start':
      return `run pre_start[${step.index}] of ${step.service}: ${redactText(step.hook.command.join(' ')) || step.spec.service.image}`;
    case 'prepare-model':
      return `prepare model ${step.model.model}`;
    case 'run-provider':
      return `run provider ${step.provider.type} of ${step.service}: ${step.action}`;
    case 'run-hook':
      return `run ${step.phase} hook in ${refName(step.container)}: ${redactText(step.hook.command.join(' '))}`;
    case 'wait':
      return `wait for ${step.service ?? step.containers.map(refName).join(', ')} ${conditionWords[step.condition]}`;
  }
}

const conditionWords = {
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
  running_or_healthy: 'running or healthy',
} as const;

function afterText(step: Step): string {
  const settled = step.afterSettled.map((id) => `${id}?`);
  const ids = [...step.after.map(String), ...settled];
  return ids.length === 0 ? '' : `after ${ids.join(',')}`;
}

function replacesText(step: Step): string {
  return step.kind === 'create-container' && step.replaces !== undefined
    ? `  [recreate ${step.replaces}]`
    : '';
}

function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case 'not-found':
      return 'not found';
    case 'changed':
      return `changed: ${reason.changes.map((change) => change.path).join(', ')}`;
    case 'forced':
      return 'forced';
    case 'unknown-origin':
      return 'made by another tool or version: what it was made from is not known';
    case 'broken':
      return `is ${reason.state}`;
    case 'not-running':
      return reason.exitCode === undefined ? `is ${reason.state}` : `is ${reason.state} (${reason.exitCode})`;
    case 'not-attached':
      return `not attached to ${reason.network}`;
    case 'not-mounted':
      return `volume ${reason.volume} not mounted`;
    case 'parent-recreated':
      return `shares ${reason.shares} with ${reason.service}, which is new`;
    case 'dependency-recreated':
      return `restarts with ${reason.service}, which is recreated`;
    case 'dependency-restarted':
      return `restarts with ${reason.service}`;
    case 'volume-replaced':
      return `volume ${reason.volume} is made anew`;
    case 'network-recreated':
      return `network ${reason.network} is made anew`;
    case 'too-many':
      return `more than the ${reason.wanted} wanted`;
    case 'too-few':
      return `fewer than the ${reason.wanted} wanted`;
    case 'created':
      return `created by #${reason.step}`;
    case 'replaced':
      return `replaced by #${reason.by}`;
    case 'left-over':
      return 'left by an interrupted run';
    case 'orphan':
      return 'orphan';
    case 'needed-by':
      return `needed by ${reason.services.join(', ')}`;
    case 'missing-image':
      return 'not here';
    case 'other-platform':
      return `is here for ${reason.here}, not for ${reason.wanted}`;
    case 'image-too-old':
      return imageAgeText(reason);
    case 'pull-policy':
      return `pull policy is ${reason.policy}`;
    case 'requested':
      return 'requested';
  }
}

function imageAgeText({ intervalMs, ageMs }: Extract<Reason, { kind: 'image-too-old' }>): string {
  const age = ageMs === undefined ? 'nobody knows when it was pulled' : `pulled ${intervalText(ageMs)} ago`;
  return `${age}, to be pulled every ${intervalText(intervalMs)}`;
}

function changeLines(reason: Reason, showSpan: ShowSpan): string[] {
  if (reason.kind !== 'changed') return [];
  return reason.changes.map((change) => {
    const { oldText, newText } = redactChange(change);
    const place = change.span === undefined ? '' : `  (${showSpan(change.span)})`;
    return `     ${change.path}: ${oldText} → ${newText}${place}`;
  });
}

function noteLines(note: PlanNote, showSpan: ShowSpan): string[] {
  switch (note.kind) {
    case 'kept':
      return [`= ${note.resource} ${note.name}  unchanged`];
    case 'pulled-first':
      return [
        `! image ${note.reference}  is pulled first (${reasonText(note.reason)}): what comes may change more`,
      ];
    case 'model-first':
      return [
        `! model ${note.key}  is made ready first (${note.model}): the variables that it gives may change more`,
      ];
    case 'provider-first':
      return [
        `! service ${note.service}  its provider ${note.type} runs first: the variables that it gives may change more`,
      ];
    case 'orphans':
      return note.names.map(
        (name) => `! container ${name}  orphan: its service is not in the files; --remove-orphans removes it`,
      );
    case 'needs-newer-engine':
      return [
        `! ${note.key}  ${tooOldText(note)}${note.span === undefined ? '' : `  (${showSpan(note.span)})`}`,
      ];
    case 'foreign-network':
      return [`! network ${note.name}  belongs to ${note.project}, and is as the files say: it is shared`];
    case 'service-differs':
      return [
        `! service ${note.service}  differs from the files; a restart changes nothing of it`,
        ...changeLines({ kind: 'changed', changes: note.changes }, showSpan),
      ];
    case 'foreign-volume':
      return [
        `! volume ${note.name}  belongs to ${note.project ?? 'nobody we know'}; it is used as it is`,
        ...changeLines({ kind: 'changed', changes: note.changes }, showSpan),
      ];
    case 'volume-differs':
      return [
        `! volume ${note.name}  differs from the files and is left alone: making it anew would destroy its data`,
        ...changeLines({ kind: 'changed', changes: note.changes }, showSpan),
      ];
  }
}

function refName(ref: ContainerRef): string {
  return ref.name;
}
