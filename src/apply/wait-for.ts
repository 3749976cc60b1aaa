import type { Engine } from '../engine/engine.js';
import type { ObservedContainerDetails } from '../model/observed.js';
import type { WaitCondition } from '../model/plan.js';
import { CancelledError, EngineError, WaitError } from '../problems/errors.js';
import type { ContainerWatch } from './container-watch.js';
import { FailedProbes } from './failed-probes.js';
import { judgeWait } from './judge-wait.js';
import { waitFailure } from './wait-failure.js';

export interface WaitTarget {
  readonly id: string;
  readonly name: string;
  readonly service: string;
}

export interface WaitTools {
  readonly engine: Engine;
  readonly watch: ContainerWatch;
  readonly stop: AbortSignal;
  /** Called whenever further health checks of a container have failed, with how many by now. */
  readonly onFailedProbes?: (container: string, count: number) => void;
}

/**
 * Waits until every container satisfies the condition. Throws WaitError, with the evidence, as soon as one of them
 * cannot satisfy it any more, and CancelledError once `stop` is aborted. Never polls.
 */
export async function waitFor(
  targets: readonly WaitTarget[],
  condition: WaitCondition,
  { engine, watch, stop, onFailedProbes }: WaitTools,
): Promise<void> {
  const probes = new Map(targets.map(({ id }) => [id, new FailedProbes()]));
  const pending = new Map(targets.map((target) => [target.id, target]));
  const look = async (): Promise<true | undefined> => {
    for (const target of [...pending.values()]) {
      const details = await inspect(engine, target, stop);
      const verdict = judgeWait(details, condition, target);
      if (verdict === 'satisfied') pending.delete(target.id);
      else if (verdict === 'pending') {
        const count = probes.get(target.id)?.countIn(details);
        if (count !== undefined) onFailedProbes?.(target.name, count);
      } else throw await waitFailure(target, verdict.failed, details, engine, stop);
    }
    return pending.size === 0 ? true : undefined;
  };
  try {
    await watch.until(new Set(pending.keys()), look, stop);
  } catch (error) {
    throw stop.aborted ? new CancelledError() : error;
  }
}

async function inspect(
  engine: Engine,
  target: WaitTarget,
  signal: AbortSignal,
): Promise<ObservedContainerDetails> {
  try {
    return await engine.inspectContainer(target.id, signal);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') {
      throw new WaitError(target.name, `dependency failed to start: container ${target.name} was removed`, {
        cause: error,
        hint: 'somebody removed it meanwhile: run the command again',
      });
    }
    throw error;
  }
}
