import type { EmitProgress, ProgressEvent } from '../../model/progress.js';
import type { CliIo } from '../io.js';

const defaultGraceMs = 10_000;

export interface StopCountdownOptions {
  /** How long each container gets to stop, by its name, unless its step says otherwise. */
  readonly gracesMs: ReadonlyMap<string, number>;
  readonly emit: EmitProgress;
}

/** While containers stop, a line at the foot of the terminal says how long they have until the engine kills them. */
export class StopCountdown {
  readonly #io: CliIo;
  readonly #options: StopCountdownOptions;
  readonly #deadlinesMs = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(io: CliIo, options: StopCountdownOptions) {
    this.#io = io;
    this.#options = options;
  }

  readonly emit: EmitProgress = (event) => {
    this.#options.emit(event);
    if (!this.#io.stdout.isTty) return;
    this.#note(event);
    this.#tick();
  };

  close(): void {
    clearTimeout(this.#timer);
    this.#deadlinesMs.clear();
    this.#io.foot.hideLine();
  }

  #note(event: ProgressEvent): void {
    if (!('step' in event) || event.step.kind !== 'stop-container') return;
    const { container, timeoutSec } = event.step;
    if (event.kind === 'step-started') {
      const ownMs = this.#options.gracesMs.get(container.name) ?? defaultGraceMs;
      const graceMs = timeoutSec === undefined ? ownMs : timeoutSec * 1000;
      this.#deadlinesMs.set(container.name, event.atMs + graceMs);
    } else this.#deadlinesMs.delete(container.name);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    const text = countdownText(this.#deadlinesMs, this.#io.clock.nowMs());
    if (text === undefined) {
      this.#io.foot.hideLine();
      return;
    }
    this.#io.foot.showLine([{ text }], (drawn) => void this.#io.stdout.stream.write(drawn));
    this.#timer = setTimeout(() => this.#tick(), 1000);
    this.#timer.unref();
  }
}

/** Undefined: nobody is stopping. */
export function countdownText(deadlinesMs: ReadonlyMap<string, number>, nowMs: number): string | undefined {
  const [[name, deadlineMs] = [], ...others] = [...deadlinesMs].sort(([, a], [, b]) => a - b);
  if (name === undefined || deadlineMs === undefined) return undefined;
  const leftSec = Math.max(0, Math.ceil((deadlineMs - nowMs) / 1000));
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${name}${more} stopping: ${leftSec} s left, then killed; Ctrl+C kills now`;
}
