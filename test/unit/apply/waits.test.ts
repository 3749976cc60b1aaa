import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { StepOutcome } from '../../../src/model/apply-result.js';
import type { WaitCondition } from '../../../src/model/plan.js';
import type { RestartSpec } from '../../../src/model/service.js';
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
  readonly restart?: RestartSpec;
  /** Whether that happens before the wait begins. */
  readonly moment?: 'before' | 'during';
}

/** Runs one container and a plan that waits for it; gives what became of the wait. */
async function outcomeOf({
  condition,
  need = 'required',
  drain,
  meanwhile,
  checks = 'with-healthcheck',
  restart,
  moment = 'during',
}: Wait): Promise<StepOutcome | undefined> {
  const engine = new MemoryEngine({ images: ['busybox:latest'] });
  const more = {
    ...(checks === 'with-healthcheck' ? checked : {}),
    ...(restart === undefined ? {} : { restart }),
  };
  const id = await engine.createContainer(containerOf({ project: 'app', more }));
  await engine.startContainer(id);
  if (moment === 'before') await meanwhile?.(engine, 'app-web-1');
  const plan = new PlanBuilder('app');
  plan.add(
    'wait',
    { containers: [{ kind: 'existing', id, name: 'app-web-1' }], condition, need },
    { reason: { kind: 'requested' }, service: 'web' },
  );
  const running = applyPlan(plan.finish(), engine, { clock: { nowMs: () => 0 }, emit: () => {}, drain });
  await quiet();
  if (moment === 'during') await meanwhile?.(engine, 'app-web-1');
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

describe('a service that people call up may be a job', () => {
  const exit = (code: number) => (engine: MemoryEngine, name: string) => engine.exit(name, code);
  const outcome = async (wait: Omit<Wait, 'condition'>) => {
    const ended = await outcomeOf({ condition: 'running_or_healthy', moment: 'before', ...wait });
    return ended?.status === 'failed' ? ended.error.message : ended?.status;
  };

  test('an end with 0 is a good one, any other is a failure', async () => {
    const checks = 'without-healthcheck';
    expect([
      await outcome({ checks, meanwhile: exit(0) }),
      await outcome({ checks, meanwhile: exit(3) }),
    ]).toEqual(['done', 'dependency failed to start: container app-web-1 exited (3)']);
  });

  test('but not if its health is checked', async () => {
    expect(await outcome({ meanwhile: exit(0) })).toBe(
      'dependency failed to start: container app-web-1 exited (0)',
    );
  });
});

describe('a wait never goes on for ever', () => {
  const messageOf = async (wait: Wait) => (await failureOf(wait)).split('\n')[0];

  test.each<WaitCondition>(['service_healthy', 'running_or_healthy', 'service_completed_successfully'])(
    'for %s of a container that somebody pauses',
    async (condition) => {
      const meanwhile = (engine: MemoryEngine, name: string) => engine.lifecycle.pause(name);
      expect(await messageOf({ condition, meanwhile })).toBe(
        'dependency failed to start: container app-web-1 is paused',
      );
    },
  );

  test('for the end of a job that the engine starts again whenever it ends', async () => {
    const meanwhile = (engine: MemoryEngine, name: string) => engine.exit(name, 0);
    const restart = { policy: 'always' };
    expect(await messageOf({ condition: 'service_completed_successfully', restart, meanwhile })).toBe(
      'service "web" didn\'t complete successfully: it is started again whenever it ends (restart: always)',
    );
  });

  test('for the health of a container that exits again and again', async () => {
    const meanwhile = (engine: MemoryEngine, name: string) => {
      for (let count = 0; count < 10; count++) engine.exit(name, 1);
    };
    const restart = { policy: 'on-failure' };
    expect(await messageOf({ condition: 'service_healthy', restart, meanwhile })).toBe(
      'dependency failed to start: container app-web-1 has exited and was started again 10 times: exit 1',
    );
  });

  test('but while the engine still tries', async () => {
    const meanwhile = async (engine: MemoryEngine, name: string) => {
      for (let count = 0; count < 9; count++) engine.exit(name, 1);
      await quiet();
      engine.setHealth(name, 'healthy');
    };
    const restart = { policy: 'on-failure' };
    expect(await outcomeOf({ condition: 'service_healthy', restart, meanwhile })).toEqual(done);
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
