import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.js';
import type { ApplyOptions } from '../../../src/apply/schedule.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { ApplyResult } from '../../../src/model/apply-result.js';
import type { Plan } from '../../../src/model/plan.js';
import { PlanBuilder } from '../../../src/plan/plan-builder.js';
import { networkOf } from '../../engine/contract-builders.js';
import { gatedEngine, quiet } from '../../support/gated-engine.js';

interface Wish {
  readonly name: string;
  readonly after?: readonly number[];
  readonly afterSettled?: readonly number[];
}

/** A plan that makes a network with each step. */
function planOf(...wishes: readonly Wish[]): Plan {
  const plan = new PlanBuilder('app');
  for (const { name, after = [], afterSettled = [] } of wishes) {
    const fields = { network: networkOf(name), labels: new Map() };
    plan.add('create-network', fields, { reason: { kind: 'not-found' }, after, afterSettled });
  }
  return plan.finish();
}

function begin(plan: Plan, more: Partial<ApplyOptions> = {}) {
  const engine = gatedEngine(new MemoryEngine());
  const options = { clock: { nowMs: () => 0 }, emit: () => {}, ...more };
  return { engine, result: applyPlan(plan, engine, options) };
}

function statuses({ outcomes }: ApplyResult): Record<number, string> {
  return Object.fromEntries([...outcomes].map(([id, { status }]) => [id, status]));
}

describe('the scheduler', () => {
  test('starts a step the moment those that it comes after are done, whatever else goes on', async () => {
    const { engine, result } = begin(
      planOf({ name: 'quick' }, { name: 'slow' }, { name: 'next', after: [1] }),
    );
    await quiet();
    const atFirst = [...engine.begun];
    engine.release('createNetwork quick');
    await quiet();
    const afterwards = [...engine.begun];
    engine.release('createNetwork slow');
    engine.release('createNetwork next');
    await result;
    expect({ atFirst, afterwards }).toEqual({
      atFirst: ['createNetwork quick', 'createNetwork slow'],
      afterwards: ['createNetwork quick', 'createNetwork slow', 'createNetwork next'],
    });
  });

  test('runs no more steps at once than a person says', async () => {
    const plan = planOf({ name: 'a' }, { name: 'b' }, { name: 'c' });
    const { engine, result } = begin(plan, { maxParallel: 2 });
    await quiet();
    const atFirst = engine.begun.length;
    engine.release('createNetwork a');
    await quiet();
    const afterwards = engine.begun.length;
    for (const name of ['b', 'c']) engine.release(`createNetwork ${name}`);
    await result;
    expect({ atFirst, afterwards }).toEqual({ atFirst: 2, afterwards: 3 });
  });

  test('skips all that need a failed step, because of that one, and goes on with the others', async () => {
    const { engine, result } = begin(
      planOf(
        { name: 'broken' },
        { name: 'child', after: [1] },
        { name: 'grandchild', after: [2] },
        { name: 'other' },
      ),
    );
    await quiet();
    engine.release('createNetwork broken', new Error('no'));
    engine.release('createNetwork other');
    const { outcomes } = await result;
    expect(
      [...outcomes.values()].map((o) => (o.status === 'skipped' ? `skipped by ${o.because}` : o.status)),
    ).toEqual(['failed', 'skipped by 1', 'skipped by 1', 'done']);
  });

  test('starts what only waits for the end of a step even when that failed', async () => {
    const { engine, result } = begin(planOf({ name: 'broken' }, { name: 'next', afterSettled: [1] }));
    await quiet();
    engine.release('createNetwork broken', new Error('no'));
    await quiet();
    engine.release('createNetwork next');
    expect(statuses(await result)).toEqual({ 1: 'failed', 2: 'done' });
  });

  test('told to drain, lets steps in flight end and starts no more', async () => {
    const drain = new AbortController();
    const { engine, result } = begin(planOf({ name: 'a' }, { name: 'b', after: [1] }), {
      drain: drain.signal,
    });
    await quiet();
    drain.abort();
    engine.release('createNetwork a');
    expect({ statuses: statuses(await result), begun: engine.begun }).toEqual({
      statuses: { 1: 'done', 2: 'cancelled' },
      begun: ['createNetwork a'],
    });
  });

  test('aborted, ends steps in flight as cancelled', async () => {
    const abort = new AbortController();
    const { result } = begin(planOf({ name: 'a' }, { name: 'b', after: [1] }), { signal: abort.signal });
    await quiet();
    abort.abort();
    expect(statuses(await result)).toEqual({ 1: 'cancelled', 2: 'cancelled' });
  });

  test('aborted beforehand, does nothing', async () => {
    const { engine, result } = begin(planOf({ name: 'a' }), { signal: AbortSignal.abort() });
    expect({ statuses: statuses(await result), begun: engine.begun }).toEqual({
      statuses: { 1: 'cancelled' },
      begun: [],
    });
  });

  test('with an empty plan ends at once', async () => {
    expect((await begin(planOf()).result).outcomes.size).toBe(0);
  });

  test('tells what happens as facts, in order', async () => {
    const events: string[] = [];
    const { engine, result } = begin(planOf({ name: 'a' }, { name: 'b', after: [1] }), {
      emit: (event) => events.push('step' in event ? `${event.kind} ${event.step.id}` : event.kind),
    });
    await quiet();
    engine.release('createNetwork a', new Error('no'));
    await result;
    expect(events).toEqual([
      'plan-started',
      'step-started 1',
      'step-failed 1',
      'step-skipped 2',
      'plan-ended',
    ]);
  });
});
