import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { StepOutcome } from '../../../src/model/apply-result.js';
import type { WaitCondition } from '../../../src/model/plan.js';
import { PlanBuilder } from '../../../src/plan/plan-builder.js';
import { TscomposeError } from '../../../src/problems/errors.js';
import { containerOf } from '../../engine/contract-builders.js';
import { quiet } from '../../support/gated-engine.js';

const checked = {
  healthcheck: { test: ['CMD', 'true'] },
} as const;

interface Wait {
  readonly condition: WaitCondition;
  readonly need?: 'required' | 'optional';
  readonly drain?: AbortSignal;
  /** What happens while the plan waits. */
  readonly meanwhile?: (engine: MemoryEngine, name: string) => unknown;
  readonly checks?: 'with-healthcheck' | 'without-healthcheck';
}

/** Runs one container and a plan that waits for it; gives what became of the wait. */
async function outcomeOf({
  condition,
  need = 'required',
  drain,
  meanwhile,
  checks = 'with-healthcheck',
}: Wait): Promise<StepOutcome | undefined> {
  const engine = new MemoryEngine({ images: ['busybox:latest'] });
  const more = checks === 'with-healthcheck' ? checked : {};
  const id = await engine.createContainer(containerOf({ project: 'app', more }));
  await engine.startContainer(id);
  const plan = new PlanBuilder('app');
  plan.add(
    'wait',
    { containers: [{ kind: 'existing', id, name: 'app-web-1' }], condition, need },
    { reason: { kind: 'requested' }, service: 'web' },
  );
  const running = applyPlan(plan.finish(), engine, { clock: { nowMs: () => 0 }, emit: () => {}, drain });
  await quiet();
  await meanwhile?.(engine, 'app-web-1');
  return (await running).outcomes.get(1);
}

async function failureOf(wait: Wait): Promise<string> {
  const outcome = await outcomeOf(wait);
  if (outcome?.status !== 'failed') return outcome?.status ?? 'nothing';
  const evidence = outcome.error instanceof TscomposeError ? outcome.error.evidence : [];
  return [outcome.error.message, ...evidence].join('\n');
}

const done = { status: 'done', durationMs: 0 };

describe('a wait looks again when something happens to its container', () => {
  test('and ends when that has become healthy', async () => {
    const meanwhile = (engine: MemoryEngine, name: string) => engine.setHealth(name, 'healthy');
    expect(await outcomeOf({ condition: 'service_healthy', meanwhile })).toEqual(done);
  });

  test('and ends when that has completed', async () => {
    const meanwhile = (engine: MemoryEngine, name: string) => engine.exit(name, 0);
    expect(await outcomeOf({ condition: 'service_completed_successfully', meanwhile })).toEqual(done);
  });

  test('running is enough for a container without a health check', async () => {
    const wait: Wait = { condition: 'running_or_healthy', checks: 'without-healthcheck' };
    expect(await outcomeOf(wait)).toEqual(done);
  });
});

describe('a wait fails with what explains it', () => {
  test('when the container is unhealthy: the probes', async () => {
    const meanwhile = (engine: MemoryEngine, name: string) => {
      engine.print(name, 'stderr', 'no disk');
      engine.setHealth(name, 'unhealthy');
    };
    expect(
      await failureOf({ condition: 'service_healthy', meanwhile }),
    ).toBe(`dependency failed to start: container app-web-1 is unhealthy
health check: CMD true
probe exited with 1, without output
last log lines of app-web-1:
  no disk`);
  });

  test('when the container exits instead: the signal that ended it', async () => {
    const meanwhile = (engine: MemoryEngine, name: string) => engine.exit(name, 139);
    expect(
      await failureOf({ condition: 'service_healthy', meanwhile }),
    ).toBe(`dependency failed to start: container app-web-1 exited (139)
it was ended by signal 11
the log of app-web-1 is empty`);
  });

  test('when a job ends with another code than 0', async () => {
    const meanwhile = (engine: MemoryEngine, name: string) => engine.exit(name, 3);
    expect(
      await failureOf({ condition: 'service_completed_successfully', meanwhile }),
    ).toBe(`service "web" didn't complete successfully: exit 3
the log of app-web-1 is empty`);
  });

  test('when the container is removed', async () => {
    const meanwhile = (engine: MemoryEngine, name: string) =>
      engine.removeContainer(name, { anonymousVolumes: 'keep' });
    expect(await failureOf({ condition: 'service_completed_successfully', meanwhile })).toMatch(
      'dependency failed to start: container app-web-1 was removed',
    );
  });

  test('at once when there is no health check to wait for', async () => {
    expect(await failureOf({ condition: 'service_healthy', checks: 'without-healthcheck' })).toMatch(
      'container app-web-1 has no healthcheck configured',
    );
  });
});

test('the failure of an optional wait is a warning', async () => {
  const meanwhile = (engine: MemoryEngine, name: string) => engine.exit(name, 1);
  expect(await outcomeOf({ condition: 'service_healthy', need: 'optional', meanwhile })).toEqual({
    ...done,
    warning: 'optional dependency failed to start: container app-web-1 exited (1)',
  });
});

test('draining ends a wait', async () => {
  const drain = new AbortController();
  const wait: Wait = { condition: 'service_healthy', drain: drain.signal, meanwhile: () => drain.abort() };
  expect(await outcomeOf(wait)).toEqual({ status: 'cancelled' });
});
