import type { ProgressEvent } from '../model/progress.js';
import type { Span } from '../model/span.js';
import { visibleLines, visibleText } from '../model/visible-text.js';
import type { ProblemCode } from '../problems/codes.js';
import { BuildLines } from './build-lines.js';
import { controlLine } from './control-words.js';
import { keptLine, noteWarning, type ShowSpan, wholePlace } from './plan-notes.js';
import { PhaseLines } from './transfer-lines.js';
import { type ProgressLine, progressLine } from './wording.js';

/** Shows progress to somebody. */
export interface Reporter {
  report(event: ProgressEvent): void;
  /** Something to know that is no event of a plan: an orphan, a volume that differs. */
  warn(text: string, about?: WarningAbout): void;
  /** What a command without a plan has done. */
  tell(line: ProgressLine): void;
  /** What was to be changed is changed, or never will be: time for what there is to say of all of it. */
  conclude(): void;
}

/** What a warning is about, for programs. */
export interface WarningAbout {
  readonly code?: ProblemCode;
  readonly span?: Span | undefined;
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
        this.tell(isToldByItsSteps(event) ? withoutDetails(line) : line);
      }
    },
    tell: (line) => {
      const details = line.details === undefined ? '' : `  ${visibleLines(line.details)}`;
      write(` ${visibleText(line.id)}  ${paintText(line, paint)}${details}`);
    },
    warn: (text) => write(`${paint.yellow('warning')}  ${visibleLines(text)}`),
    conclude: () => {},
  };
}

export const quietReporter: Reporter = {
  report: () => {},
  warn: () => {},
  tell: () => {},
  conclude: () => {},
};

/** The lines of a build have said which step failed, and the end says all of it again. */
function isToldByItsSteps(event: ProgressEvent): boolean {
  return event.kind === 'step-failed' && event.step.kind === 'build-image';
}

function withoutDetails({ details: _, ...line }: ProgressLine): ProgressLine {
  return line;
}

/** What is kept is told at the beginning, as a line of its own for each container. */
function linesOf(event: ProgressEvent): ProgressLine[] {
  if (event.kind === 'plan-started') return event.plan.notes.flatMap((note) => keptLine(note) ?? []);
  const line = progressLine(event) ?? controlLine(event);
  return line === undefined ? [] : [line];
}

function warningsOf(event: ProgressEvent, showSpan: ShowSpan): string[] {
  return event.kind === 'plan-started'
    ? event.plan.notes.flatMap((note) => noteWarning(note, showSpan) ?? [])
    : [];
}

function partLines(event: ProgressEvent, phases: PhaseLines): ProgressLine[] {
  return event.kind === 'step-progress' ? phases.linesOf(event) : [];
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

function paintText({ status, ...line }: ProgressLine, paint: Paint): string {
  const text = visibleText(line.text);
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
