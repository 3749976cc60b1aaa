import { StringDecoder } from 'node:string_decoder';
import type { BuildProgress } from '../../model/build.js';
import { quotedLine, visibleText } from '../../model/visible-text.js';
import { isHousekeeping, titleOf } from '../build-lines.js';

/** A step of a build from its start to its end. */
export interface LiveBuildStep {
  readonly name: string;
  readonly startedAtMs: number;
  /** What it has printed last. */
  lastLine: string;
  /** What has a size, by its name: layers, what travels of a context. */
  readonly parts: Map<string, { readonly currentBytes: number; readonly totalBytes: number | undefined }>;
  readonly decoder: StringDecoder;
}

/** What goes on inside of one build, and lines for what has ended. */
export class LiveBuild {
  readonly #service: string;
  readonly #running = new Map<string, LiveBuildStep>();
  readonly #told = new Map<string, string>();

  constructor(service: string) {
    this.#service = service;
  }

  /** Steps that are at work, in the order in which they began. */
  get running(): LiveBuildStep[] {
    return [...this.#running.values()];
  }

  /** Keeps what happened. Gives lines that stay: how steps have ended, and warnings. */
  note(progress: BuildProgress, atMs: number): string[] {
    switch (progress.kind) {
      case 'started':
        if (!isHousekeeping(progress.name)) this.#running.set(progress.step, newStep(progress.name, atMs));
        return [];
      case 'bytes':
        this.#move(progress);
        return [];
      case 'output':
        this.#print(progress);
        return [];
      case 'warning': {
        const place = progress.line === undefined ? '' : ` (line ${progress.line})`;
        return [`[${this.#service}] WARNING: ${visibleText(progress.text)}${place}`];
      }
      case 'ended':
        return this.#end(progress, atMs);
    }
  }

  #move({ step, part, currentBytes, totalBytes, isDone }: Extract<BuildProgress, { kind: 'bytes' }>): void {
    const parts = this.#running.get(step)?.parts;
    if (isDone) parts?.delete(part);
    else parts?.set(part, { currentBytes, totalBytes });
  }

  #print({ step, bytes }: Extract<BuildProgress, { kind: 'output' }>): void {
    const running = this.#running.get(step);
    if (running === undefined) return;
    const lines = running.decoder.write(Buffer.from(bytes)).split('\n').map(quotedLine);
    running.lastLine = lines.findLast((line) => line.trim() !== '') ?? running.lastLine;
  }

  #end(
    { step, name, outcome, durationMs }: Extract<BuildProgress, { kind: 'ended' }>,
    atMs: number,
  ): string[] {
    const startedAtMs = this.#running.get(step)?.startedAtMs ?? atMs;
    this.#running.delete(step);
    // Builders come back to a step: how it ended is said once.
    if (this.#told.get(step) === outcome || (outcome !== 'failed' && isHousekeeping(name))) return [];
    this.#told.set(step, outcome);
    const seconds = ((durationMs ?? atMs - startedAtMs) / 1000).toFixed(1);
    const words = { done: `DONE ${seconds}s`, cached: 'CACHED', failed: 'ERROR', cancelled: 'CANCELED' };
    return [`${visibleText(titleOf(name, this.#service))}  ${words[outcome]}`];
  }
}

function newStep(name: string, startedAtMs: number): LiveBuildStep {
  return {
    name,
    startedAtMs,
    lastLine: '',
    parts: new Map(),
    decoder: new StringDecoder('utf8'),
  };
}
