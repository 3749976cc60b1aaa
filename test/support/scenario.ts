import { test } from 'vitest';
import { keepEvidence } from './scenario-evidence.js';
import { Stack } from './scenario-stack.js';

export type { Outcome, Stack } from './scenario-stack.js';

interface ScenarioOptions {
  readonly limitMs?: number;
  /** First number of the Docker version that can do it; with an older one it is skipped. */
  readonly engineSince?: number;
}

/**
 * A test of the built CLI on a real engine, in a folder and under a project name of its own. Whatever happens,
 * everything of that project is removed afterwards; when it fails, what explains it is kept in a folder.
 */
export function scenario(
  rule: string,
  body: (stack: Stack) => Promise<void>,
  options: ScenarioOptions = {},
): void {
  test(rule, { timeout: options.limitMs ?? 60_000 }, async (context) => {
    const stack = await Stack.open();
    try {
      const { version } = await stack.engine.info();
      if (options.engineSince !== undefined && Number.parseInt(version, 10) < options.engineSince)
        return context.skip(`needs Docker ${options.engineSince}, and this is ${version}`);
      await withEvidence(stack, rule, body);
    } finally {
      await stack.close();
    }
  });
}

async function withEvidence(
  stack: Stack,
  rule: string,
  body: (stack: Stack) => Promise<void>,
): Promise<void> {
  try {
    await body(stack);
  } catch (error) {
    await keepEvidence(stack, rule, error);
    throw error;
  }
}
