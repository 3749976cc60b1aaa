import { imageLeftText } from '../model/image-left.js';
import type { PlanNote } from '../model/plan.js';
import type { ProgressEvent } from '../model/progress.js';
import { BuildLines } from './build-lines.js';
import { controlLine } from './control-words.js';
import { noteWarning, type ShowSpan } from './plan-notes.js';
import { ByteLines, PhaseLines } from './transfer-lines.js';
import { idOf, type ProgressLine, progressLine } from './wording.js';

/** Shows progress to somebody. */
export interface Reporter {
  report(event: ProgressEvent): void;
  /** Something to know that is no event of a plan: an orphan, a volume that differs. */
  warn(text: string): void;
  /** What a command without a plan has done. */
  tell(line: ProgressLine): void;
}

export type WriteLine = (line: string) => void;
export type Paint = { readonly [color in 'green' | 'yellow' | 'red' | 'dim']: (text: string) => string };

/** Plain lines: one for each change of state that takes effect, and one when something starts that may take long. */
export function plainReporter(write: WriteLine, paint: Paint, showSpan = wholePlace): Reporter {
  const phases = new PhaseLines();
  const builds = new BuildLines();
  return {
    report(event) {
      for (const text of warningsOf(event, showSpan)) this.warn(text);
      for (const line of builds.linesOf(event)) write(line);
      for (const line of [...linesOf(event), ...partLines(event, phases)]) {
        if (line.status === 'Working' && !mayTakeLong(event)) continue;
        this.tell(line);
      }
    },
    tell: (line) =>
      write(` ${line.id}  ${paintText(line, paint)}${line.details === undefined ? '' : `  ${line.details}`}`),
    warn: (text) => write(`${paint.yellow('warning')}  ${text}`),
  };
}

/** One JSON document a line, in the shape of docker compose's `--progress json`. */
export function jsonReporter(write: WriteLine, showSpan = wholePlace): Reporter {
  const bytes = new ByteLines();
  const builds = new BuildLines();
  return {
    report(event) {
      for (const text of warningsOf(event, showSpan)) this.warn(text);
      for (const text of builds.linesOf(event)) this.tell({ id: buildId(event), status: 'Working', text });
      for (const line of [...linesOf(event), ...partLines(event, bytes)]) this.tell(line);
    },
    tell: ({ parentId, ...line }) =>
      write(JSON.stringify(parentId === undefined ? line : { ...line, parent_id: parentId })),
    warn: (text) => write(JSON.stringify({ id: 'Warning', status: 'Warning', text })),
  };
}

export const quietReporter: Reporter = { report: () => {}, warn: () => {}, tell: () => {} };

/** What is kept is told at the beginning, as a line of its own for each container. */
function linesOf(event: ProgressEvent): ProgressLine[] {
  if (event.kind === 'plan-started') return event.plan.notes.flatMap(keptLine);
  const line = progressLine(event) ?? controlLine(event);
  return line === undefined ? [] : [line];
}

function warningsOf(event: ProgressEvent, showSpan: ShowSpan): string[] {
  return event.kind === 'plan-started'
    ? event.plan.notes.flatMap((note) => noteWarning(note, showSpan) ?? [])
    : [];
}

function partLines(event: ProgressEvent, lines: PhaseLines | ByteLines): ProgressLine[] {
  return event.kind === 'step-progress' ? lines.linesOf(event) : [];
}

function buildId(event: ProgressEvent): string {
  return event.kind === 'build-progress' ? idOf(event.step) : '';
}

const wholePlace: ShowSpan = ({ file, line, column }) => `${file}:${line}:${column}`;

function keptLine(note: PlanNote): ProgressLine[] {
  if (note.kind === 'image-left') {
    const id = `Image ${note.reference}`;
    return [{ id, status: 'Done', text: 'Skipped', details: imageLeftText(note.why) }];
  }
  if (note.kind !== 'kept' || note.resource !== 'container') return [];
  return [{ id: `Container ${note.name}`, status: 'Done', text: 'Running' }];
}

function mayTakeLong(event: ProgressEvent): boolean {
  if (event.kind === 'step-progress' || event.kind === 'step-retry') return true;
  if (event.kind !== 'step-started') return false;
  const { kind } = event.step;
  return [
    'wait',
    'pull-image',
    'push-image',
    'build-image',
    'stop-container',
    'restart-container',
    'run-provider',
    'prepare-model',
    'run-pre-start',
  ].includes(kind);
}

function paintText({ status, text }: ProgressLine, paint: Paint): string {
  switch (status) {
    case 'Working':
      return paint.dim(text);
    case 'Done':
      return paint.green(text);
    case 'Warning':
      return paint.yellow(text);
    case 'Error':
      return paint.red(text);
  }
}
