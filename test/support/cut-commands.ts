import { join } from 'node:path';
import { findEngine } from '../../scripts/setup/ensure-engine.mjs';
import { plan } from '../../src/compose.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { CuttingProxy } from './cutting-proxy.js';
import { loadStack } from './scenario-load.js';
import type { Stack } from './scenario-stack.js';
import { sessionOn } from './session.js';

/**
 * What ends a command in the middle of a change. `killed`: SIGKILL, just before the engine hears of the change;
 * `disconnected`: the engine is gone for good, just after it has done the change and before the command hears so.
 */
export type CutWay = 'killed' | 'disconnected';

/** A command to be cut, what finishes it afterwards, and what is to be seen then. */
export interface CutCommand<State> {
  /** `at`: at which of its changes it will be cut. */
  args(at: number): readonly string[];
  /** Instead of the same command once more. */
  finish?(at: number): readonly string[];
  prepare?(at: number): Promise<void>;
  look(): Promise<State>;
}

export interface CutRound<State> {
  /** `2: POST /containers/create`. */
  readonly cutAt: string;
  /** Of the command that was cut, and of the one that finished it. */
  readonly exitCodes: readonly [number, number];
  readonly state: State;
}

/**
 * Runs the commands in turn, all cut at their first change, then all at their second, until all end before there is
 * anything to cut. Each is finished before the next one.
 */
export async function cutAtEachChange<State>(
  stack: Stack,
  way: CutWay,
  commands: readonly CutCommand<State>[],
): Promise<CutRound<State>[]> {
  const rounds: CutRound<State>[] = [];
  for (let at = 1; ; at++) {
    let wasCut = false;
    for (const command of commands) {
      await command.prepare?.(at);
      const cut = await runCut(stack, way, at, command.args(at));
      const finished = await stack.run(...(command.finish?.(at) ?? command.args(at)));
      if (cut.brokenAt === undefined) continue;
      wasCut = true;
      rounds.push({
        cutAt: `${at}: ${cut.brokenAt}`,
        exitCodes: [cut.exitCode, finished.exitCode],
        state: await command.look(),
      });
    }
    if (!wasCut) return rounds;
  }
}

async function runCut(
  stack: Stack,
  way: CutWay,
  at: number,
  args: readonly string[],
): Promise<{ exitCode: number; brokenAt: string | undefined }> {
  const { found } = await findEngine();
  if (found === undefined) throw new Error('no engine answers');
  const path = join(stack.folder, 'engine.sock');
  let kill = () => {};
  const moment = way === 'killed' ? 'before' : 'after';
  const proxy = await CuttingProxy.listen(path, found.url, { at, moment, onCut: () => kill() });
  try {
    const cli = stack.start(args, { DOCKER_HOST: `unix://${path}` });
    if (way === 'killed') kill = () => cli.signal('SIGKILL');
    const { exitCode } = await cli.outcome;
    return { exitCode, brokenAt: proxy.brokenAt };
  } finally {
    await proxy.close();
  }
}

/** What each round is to have come to: the exit codes of the cut and of the finish, and the same state every time. */
export function allAs<State>(
  rounds: readonly CutRound<State>[],
  way: CutWay,
  state: State,
): CutRound<State>[] {
  const exitCodes = [way === 'killed' ? 137 : 1, 0] as const;
  return rounds.map(({ cutAt }) => ({ cutAt, exitCodes, state }));
}

/** How many steps `up` would still take. */
export async function stepsLeft(stack: Stack): Promise<number> {
  const { steps } = await plan(await loadStack(stack), defaultUpPolicy, sessionOn(stack.engine));
  return steps.length;
}
