import type { Engine } from '../engine/engine.js';
import type { ApplyResult } from '../model/apply-result.js';
import type { Plan } from '../model/plan.js';
import { ContainerWatch } from './container-watch.js';
import { startsMany, stepLimits } from './limits.js';
import { type ApplyOptions, Schedule } from './schedule.js';

/**
 * Carries a plan out. A step starts the moment the steps that it comes after have ended; a failed step takes along
 * those that need it, everything else goes on. Never throws for what the engine says: the result tells. Throws what
 * `emit` throws.
 */
export async function applyPlan(plan: Plan, engine: Engine, options: ApplyOptions): Promise<ApplyResult> {
  const abort = new AbortController();
  const signal =
    options.signal === undefined ? abort.signal : AbortSignal.any([options.signal, abort.signal]);
  const watch = new ContainerWatch(engine, plan.project, signal);
  options.emit({ kind: 'plan-started', plan, atMs: options.clock.nowMs() });
  try {
    const limits = stepLimits(options.maxParallel, await coresFor(plan, engine, options.maxParallel, signal));
    return await new Schedule(plan, engine, watch, { ...options, signal, limits }).run();
  } finally {
    abort.abort();
    await watch.ended;
    options.emit({ kind: 'plan-ended', plan, atMs: options.clock.nowMs() });
  }
}

/** Asked only where it matters. An engine that cannot say is taken for a small one. */
async function coresFor(
  plan: Plan,
  engine: Engine,
  maxParallel: number | undefined,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (maxParallel !== undefined || signal.aborted || !startsMany(plan)) return undefined;
  return engine.looks.readCores(signal).catch(() => undefined);
}
