import type { ProgressEvent } from '../../model/progress.js';
import { noteJson } from '../../plan/text/plan-json.js';
import { BuildLines } from '../build-lines.js';
import { controlLine } from '../control-words.js';
import { keptLine, noteWarning, type ShowSpan, wholePlace } from '../plan-notes.js';
import { ByteLines } from '../transfer-lines.js';
import { type ShowPath, watchLine } from '../watch-words.js';
import { idOf, type ProgressLine, progressLine } from '../wording.js';
import { type EventOf, factsOf } from './event-facts.js';
import {
  documentOf,
  type ProgressDocument,
  type ProgressWords,
  type StepCounts,
} from './progress-document.js';

/** How places are shown in words; members of their own have them whole. */
export interface DocumentWords {
  readonly showSpan?: ShowSpan;
  readonly showPath?: ShowPath;
}

/**
 * Makes the documents that `--progress json` writes. Events are to be given in their order: most give one document;
 * the start of a plan also one for each thing that it keeps or warns of; bytes and output as many as there is news.
 */
export function progressDocuments(words: DocumentWords = {}): (event: ProgressEvent) => ProgressDocument[] {
  const maker = new DocumentMaker(words);
  return (event) => maker.of(event);
}

const noCounts: StepCounts = { done: 0, failed: 0, skipped: 0, cancelled: 0 };

class DocumentMaker {
  readonly #bytes = new ByteLines();
  readonly #builds = new BuildLines();
  readonly #showSpan: ShowSpan;
  readonly #showPath: ShowPath;
  #startedAtMs = 0;
  #counts = noCounts;

  constructor({ showSpan = wholePlace, showPath = (path) => path }: DocumentWords) {
    this.#showSpan = showSpan;
    this.#showPath = showPath;
  }

  of(event: ProgressEvent): ProgressDocument[] {
    this.#count(event);
    const builds = this.#builds.linesOf(event);
    switch (event.kind) {
      case 'plan-started':
        return [documentFor(event, {}), ...this.#notes(event)];
      case 'plan-ended':
        return [this.#end(event)];
      case 'build-progress':
        return builds.map((text) => documentFor(event, { id: idOf(event.step), status: 'Working', text }));
      case 'step-progress':
        return event.inAll === undefined
          ? [documentFor(event, this.#wordsOf(event))]
          : this.#bytes.linesOf(event).map((line) => documentFor(event, wordsOf(line)));
      default:
        return [documentFor(event, this.#wordsOf(event))];
    }
  }

  /** What is no news for people has no words: only whose it is. */
  #wordsOf(event: Exclude<ProgressEvent, EventOf<'plan-ended'>>): ProgressWords {
    const line = progressLine(event) ?? controlLine(event) ?? watchLine(event, this.#showPath);
    if (line !== undefined || !('step' in event)) return wordsOf(line);
    return { id: event.kind === 'step-progress' ? partId(event) : idOf(event.step) };
  }

  #notes({ plan, atMs }: EventOf<'plan-started'>): ProgressDocument[] {
    return plan.notes.flatMap((note) => {
      const warning = noteWarning(note, this.#showSpan);
      if (warning !== undefined)
        return [documentOf('warning', atMs, warningWords(warning), { note: noteJson(note) })];
      const kept = keptLine(note);
      return kept === undefined
        ? []
        : [documentOf('plan-note', atMs, wordsOf(kept), { note: noteJson(note) })];
    });
  }

  #count(event: ProgressEvent): void {
    if (event.kind === 'plan-started') {
      this.#startedAtMs = event.atMs;
      this.#counts = noCounts;
    }
    const outcome = /^step-(done|failed|skipped|cancelled)$/.exec(event.kind)?.[1] as
      | keyof StepCounts
      | undefined;
    if (outcome !== undefined) this.#counts = { ...this.#counts, [outcome]: this.#counts[outcome] + 1 };
  }

  #end({ plan, atMs }: EventOf<'plan-ended'>): ProgressDocument {
    const durationMs = atMs - this.#startedAtMs;
    return documentOf('plan-ended', atMs, {}, { project: plan.project, durationMs, steps: this.#counts });
  }
}

type Mapped = Exclude<ProgressEvent, EventOf<'plan-ended'>>;

function documentFor(event: Mapped, words: ProgressWords): ProgressDocument {
  // The compiler does not see that the function and the event are of the same kind.
  const facts = factsOf[event.kind] as (event: Mapped) => never;
  return documentOf(event.kind, event.atMs, words, facts(event));
}

/** Of several containers that are waited for, the one that there is something to tell of. */
function partId({ step, part }: EventOf<'step-progress'>): string {
  return step.kind === 'wait' ? `Container ${part}` : idOf(step);
}

export function wordsOf(line: ProgressLine | undefined): ProgressWords {
  if (line === undefined) return {};
  const { parentId, ...words } = line;
  return parentId === undefined ? words : { ...words, parent_id: parentId };
}

export function warningWords(text: string): ProgressWords {
  return { id: 'Warning', status: 'Warning', text };
}
