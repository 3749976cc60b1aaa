import type { Engine } from '../engine/engine.js';
import type { ApplyResult } from '../model/apply-result.js';
import type { ObservedContainerDetails } from '../model/observed.js';
import type { Plan, WaitCondition } from '../model/plan.js';
import { EngineError, WaitTimeoutError } from '../problems/errors.js';
import { type WaitedFor, waitFailure } from './wait-failure.js';

/** What a plan was still waiting for when its time was up, with what explains it. */
export async function waitTimeout(
  plan: Plan,
  { outcomes, created }: ApplyResult,
  engine: Engine,
): Promise<WaitTimeoutError> {
  const waits = plan.steps.flatMap((step) =>
    step.kind === 'wait' && outcomes.get(step.id)?.status === 'cancelled' ? [step] : [],
  );
  const targets = waits.flatMap(({ containers, condition, service = '' }) =>
    containers.flatMap((ref) => {
      const id = ref.kind === 'existing' ? ref.id : created.get(ref.step);
      return id === undefined ? [] : [{ id, name: ref.name, service, condition }];
    }),
  );
  const unique = [...new Map(targets.map((target) => [target.id, target])).values()];
  const answers = await Promise.all(unique.map((target) => unready(target, engine)));
  const late = answers.filter((answer) => answer !== undefined);
  return new WaitTimeoutError(
    late.map(({ words }) => words),
    late.flatMap(({ evidence }) => evidence),
  );
}

async function unready(
  target: WaitedFor & { readonly condition: WaitCondition },
  engine: Engine,
): Promise<{ words: string; evidence: readonly string[] } | undefined> {
  try {
    const details = await engine.inspectContainer(target.id);
    if (isReady(details, target.condition)) return undefined;
    const words = `${target.name} (${stateWords(details)})`;
    const { signal } = new AbortController();
    const { evidence } = await waitFailure(target, words, details, engine, signal);
    return { words, evidence };
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found')
      return { words: `${target.name} (removed)`, evidence: [] };
    throw error;
  }
}

function isReady({ state, health, exitCode }: ObservedContainerDetails, condition: WaitCondition): boolean {
  if (condition === 'service_completed_successfully') return state === 'exited' && exitCode === 0;
  return state === 'running' && (health === undefined || health === 'healthy');
}

function stateWords({ state, health, exitCode }: ObservedContainerDetails): string {
  if (state === 'exited') return `exited (${exitCode})`;
  return state === 'running' && health !== undefined ? `health: ${health}` : state;
}
