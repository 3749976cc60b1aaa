import type { Engine, LogOptions } from '../engine/engine.js';
import type { ObservedContainer } from '../model/observed.js';
import type { FollowEvent } from './follow.js';
import { readLogLines } from './log-lines.js';

/** Reads the logs of several containers at once, each in its order, until all have ended or `signal` is aborted. */
export async function readLogs(
  engine: Engine,
  containers: readonly ObservedContainer[],
  options: LogOptions,
  onEvent: (event: FollowEvent) => void,
  signal?: AbortSignal,
): Promise<void> {
  await Promise.all(
    containers.map(async (container) => {
      try {
        for await (const line of readLogLines(engine, container.id, options, signal)) {
          onEvent({ kind: 'line', container, line });
        }
      } catch (error) {
        if (signal?.aborted === true) return;
        onEvent({
          kind: 'trouble',
          container,
          message: error instanceof Error ? error.message : String(error),
        });
      }
    }),
  );
}
