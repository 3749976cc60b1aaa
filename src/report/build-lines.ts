import { StringDecoder } from 'node:string_decoder';
import type { ProgressEvent } from '../model/progress.js';
import { quotedLine, visibleText } from '../model/visible-text.js';

type BuildEvent = Extract<ProgressEvent, { kind: 'build-progress' }>;

/** One step of one build, from its start. */
interface RunningStep {
  readonly number: number;
  readonly startedAtMs: number;
  readonly decoder: StringDecoder;
  /** Builders come back to a step: how it ended is said once. */
  outcome: string | undefined;
  /** What it has printed since the last end of a line. */
  open: string;
}

/**
 * What happens inside of builds as lines, in the form that people know from BuildKit: a number for each step, its title
 * when it starts, what it prints with the seconds since then, and how it ended. Several builds run at the same time, so
 * titles name the service.
 */
export class BuildLines {
  readonly #steps = new Map<string, RunningStep>();
  #count = 0;

  linesOf(event: ProgressEvent): string[] {
    // Another plan counts its steps anew.
    if (event.kind === 'plan-started') this.#steps.clear();
    return event.kind === 'build-progress' ? this.#lines(event) : [];
  }

  #lines(event: BuildEvent): string[] {
    const { progress, atMs } = event;
    switch (progress.kind) {
      case 'started':
        return isHousekeeping(progress.name) ? [] : this.#start(event, progress.name);
      case 'output':
        return this.#print(event, progress.bytes);
      case 'bytes': {
        const step = this.#steps.get(keyOf(event));
        return step === undefined || !progress.isDone
          ? []
          : [`#${step.number} ${visibleText(progress.part)} done`];
      }
      case 'ended':
        return this.#end(event, progress, atMs);
      case 'warning': {
        const place = progress.line === undefined ? '' : ` (line ${progress.line})`;
        return [`[${serviceOf(event)}] WARNING: ${visibleText(progress.text)}${place}`];
      }
    }
  }

  #start(event: BuildEvent, name: string): string[] {
    const key = keyOf(event);
    if (this.#steps.has(key)) return [];
    this.#count += 1;
    const step: RunningStep = {
      number: this.#count,
      startedAtMs: event.atMs,
      decoder: new StringDecoder('utf8'),
      open: '',
      outcome: undefined,
    };
    this.#steps.set(key, step);
    return [`#${step.number} ${titleOf(name, serviceOf(event))}`];
  }

  #print(event: BuildEvent, bytes: Uint8Array): string[] {
    const step = this.#steps.get(keyOf(event));
    if (step === undefined) return [];
    const lines = `${step.open}${step.decoder.write(Buffer.from(bytes))}`.split(/\r?\n/);
    step.open = lines.pop() ?? '';
    return lines.map((line) => outputLine(step, line, event.atMs));
  }

  #end(
    event: BuildEvent,
    { name, outcome, durationMs }: Extract<BuildEvent['progress'], { kind: 'ended' }>,
    atMs: number,
  ): string[] {
    const key = keyOf(event);
    const isWorthALine = outcome === 'failed' || !isHousekeeping(name);
    const started = isWorthALine ? this.#start(event, name) : [];
    const step = this.#steps.get(key);
    if (step === undefined) return started;
    const rest = step.open === '' ? [] : [outputLine(step, step.open, atMs)];
    step.open = '';
    if (step.outcome === outcome) return rest;
    step.outcome = outcome;
    const seconds = ((durationMs ?? atMs - step.startedAtMs) / 1000).toFixed(1);
    const words = { done: `DONE ${seconds}s`, cached: 'CACHED', failed: 'ERROR', cancelled: 'CANCELED' };
    return [...started, ...rest, `#${step.number} ${words[outcome]}`];
  }
}

function outputLine({ number, startedAtMs }: RunningStep, line: string, atMs: number): string {
  return `#${number} ${((atMs - startedAtMs) / 1000).toFixed(3)} ${quotedLine(line)}`.trimEnd();
}

/** Numbers of steps are those of one build only. */
function keyOf(event: BuildEvent): string {
  return `${event.step.id} ${serviceOf(event)} ${event.progress.step}`;
}

function serviceOf({ step }: BuildEvent): string {
  return step.service ?? '';
}

/** `[2/3] RUN make` → `[web 2/3] RUN make`. */
export function titleOf(name: string, service: string): string {
  return visibleText(name.startsWith('[') ? `[${service} ${name.slice(1)}` : `[${service}] ${name}`);
}

/** What a builder does for itself: of no interest as long as it works. */
export function isHousekeeping(name: string): boolean {
  return /^\[(internal|auth)\]|\] LABEL com\.docker\.compose\./.test(name);
}
