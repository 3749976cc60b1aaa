import type { Engine } from '../engine/engine.js';
import type { ObservedContainerDetails } from '../model/observed.js';
import type { WaitCondition } from '../model/plan.js';
import { CancelledError, EngineError, WaitError } from '../problems/errors.js';
import type { ContainerWatch } from './container-watch.js';
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
}

type Verdict = 'satisfied' | 'pending' | { readonly failed: string };

/**
 * Waits until every container satisfies the condition. Throws WaitError, with the evidence, as soon as one of them
 * cannot satisfy it any more, and CancelledError once `stop` is aborted. Never polls.
 */
export async function waitFor(
  targets: readonly WaitTarget[],
  condition: WaitCondition,
  { engine, watch, stop }: WaitTools,
): Promise<void> {
  const pending = new Map(targets.map((target) => [target.id, target]));
  const look = async (): Promise<true | undefined> => {
    for (const target of [...pending.values()]) {
      const details = await inspect(engine, target, stop);
      const verdict = judge(details, condition, target);
      if (verdict === 'satisfied') pending.delete(target.id);
      else if (verdict !== 'pending') throw await waitFailure(target, verdict.failed, details, engine, stop);
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
      });
    }
    throw error;
  }
}

const judge = (details: ObservedContainerDetails, condition: WaitCondition, target: WaitTarget): Verdict =>
  condition === 'service_completed_successfully'
    ? judgeJob(details, target)
    : judgeServer(details, condition, target);

function judgeJob({ state, exitCode }: ObservedContainerDetails, { service }: WaitTarget): Verdict {
  if (state !== 'exited' && state !== 'dead') return 'pending';
  if (exitCode === 0) return 'satisfied';
  return { failed: `service "${service}" didn't complete successfully: exit ${exitCode}` };
}

/** The health word counts only while the container runs: a stopped one keeps the last. */
function judgeServer(
  details: ObservedContainerDetails,
  condition: WaitCondition,
  { name }: WaitTarget,
): Verdict {
  const failed = (what: string): Verdict => ({
    failed: `dependency failed to start: container ${name} ${what}`,
  });
  const { state, health, exitCode } = details;
  if (state === 'exited' || state === 'dead') return failed(`exited (${exitCode})`);
  if (state !== 'running') return 'pending';
  if (health === 'healthy') return 'satisfied';
  if (health === 'unhealthy') return failed('is unhealthy');
  if (health === 'starting') return 'pending';
  return condition === 'running_or_healthy' ? 'satisfied' : failed('has no healthcheck configured');
}
