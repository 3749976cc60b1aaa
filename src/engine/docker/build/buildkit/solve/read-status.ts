import type { BuildProgress } from '../../../../../model/build.js';
import type { StatusResponse, Timestamp, Vertex, VertexStatus } from './control-messages.js';

/** Lines of output that are kept of each step, for the case that it fails. */
const keptLines = 20;

/** What is known of a step. */
interface StepState {
  readonly name: string;
  phase: 'waiting' | 'running' | 'ended';
  startedAt: number | undefined;
  lines: string[];
}

/** Turns what the engine says of a build into progress, and remembers what a failure will need. */
export class StatusReader {
  readonly #onProgress: (progress: BuildProgress) => void;
  readonly #steps = new Map<string, StepState>();

  constructor(onProgress: (progress: BuildProgress) => void) {
    this.#onProgress = onProgress;
  }

  read({ vertexes, statuses, logs, warnings }: StatusResponse): void {
    const last = new Map(vertexes.map((vertex) => [vertex.digest, vertex]));
    for (const vertex of vertexes) {
      this.#start(vertex);
      if (last.get(vertex.digest) !== vertex) this.#end(vertex);
    }
    for (const status of statuses) this.#readBytes(status);
    for (const { vertex, stream, text } of logs) {
      this.#keep(vertex, text);
      this.#onProgress({
        kind: 'output',
        step: vertex,
        stream: stream === 2n ? 'stderr' : 'stdout',
        bytes: text,
      });
    }
    for (const { vertex, short, url, ranges } of warnings) {
      const text = Buffer.from(short).toString('utf8');
      const line = ranges[0]?.start?.line;
      this.#onProgress({ kind: 'warning', step: vertex, text, line, url: url === '' ? undefined : url });
    }
    // What a step printed comes before its end.
    for (const vertex of last.values()) this.#end(vertex);
  }

  /** Steps that have not ended will not. */
  cancel(): void {
    for (const [step, state] of this.#steps) {
      if (state.phase !== 'running') continue;
      state.phase = 'ended';
      const { name } = state;
      this.#onProgress({ kind: 'ended', step, name, outcome: 'cancelled', durationMs: undefined });
    }
  }

  /** Name and last lines of a step. */
  stepOf(digest: string): { readonly name: string; readonly lines: readonly string[] } | undefined {
    const state = this.#steps.get(digest);
    if (state === undefined) return undefined;
    // After the last end of a line nothing has come.
    const lines = state.lines.at(-1) === '' ? state.lines.slice(0, -1) : state.lines;
    return { name: state.name, lines: lines.slice(-keptLines) };
  }

  /** The step that failed first. */
  failed: string | undefined;

  #start({ digest, name, started }: Vertex): void {
    const state = this.#steps.get(digest) ?? newStep(name);
    this.#steps.set(digest, state);
    // One that has ended begins again when BuildKit needs more of it than whether it has changed.
    if (started === undefined || state.startedAt === msOf(started)) return;
    state.startedAt = msOf(started);
    state.phase = 'running';
    this.#onProgress({ kind: 'started', step: digest, name });
  }

  #end({ digest, name, isCached, started, completed, error }: Vertex): void {
    const state = this.#steps.get(digest);
    if (completed === undefined || state?.phase !== 'running') return;
    state.phase = 'ended';
    if (error !== '' && !isCancellation(error) && !isCacheImport(name)) this.failed ??= digest;
    const outcome =
      error === '' ? (isCached ? 'cached' : 'done') : isCancellation(error) ? 'cancelled' : 'failed';
    const durationMs =
      started === undefined || completed === undefined ? undefined : msOf(completed) - msOf(started);
    this.#onProgress({ kind: 'ended', step: digest, name, outcome, durationMs });
  }

  #readBytes({ id, vertex, name, current, total, completed }: VertexStatus): void {
    this.#onProgress({
      kind: 'bytes',
      step: vertex,
      part: name || id,
      currentBytes: Number(current),
      totalBytes: total > 0n ? Number(total) : undefined,
      isDone: completed !== undefined,
    });
  }

  #keep(digest: string, text: Uint8Array): void {
    const state = this.#steps.get(digest);
    if (state === undefined) return;
    const open = state.lines.pop() ?? '';
    const lines = `${open}${Buffer.from(text).toString('utf8')}`.split(/\r?\n/);
    // The last one is still open, and empty most of the time.
    state.lines = [...state.lines, ...lines].slice(-keptLines - 1);
  }
}

function newStep(name: string): StepState {
  return { name, phase: 'waiting', startedAt: undefined, lines: [] };
}

/** A build goes on without a cache that cannot be had. */
function isCacheImport(name: string): boolean {
  return name.startsWith('importing cache manifest from ');
}

/** BuildKit ends what runs beside a failed step. */
function isCancellation(error: string): boolean {
  return /context canceled$/.test(error);
}

function msOf({ seconds, nanos }: Timestamp): number {
  return Number(seconds) * 1000 + nanos / 1e6;
}
