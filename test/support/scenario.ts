import { test } from 'vitest';
import { keepEvidence } from './scenario-evidence.js';
import { Stack } from './scenario-stack.js';

export type { Outcome, Stack } from './scenario-stack.js';

/**
 * A test of the built CLI on a real engine, in a folder and under a project name of its own. Whatever happens,
 * everything of that project is removed afterwards; when it fails, what explains it is kept in a folder.
 */
export function scenario(
  rule: string,
  body: (stack: Stack) => Promise<void>,
  options: { readonly limitMs?: number } = {},
): void {
  test(rule, { timeout: options.limitMs ?? 60_000 }, async () => {
    const stack = await Stack.open();
    try {
      await body(stack);
    } catch (error) {
      await keepEvidence(stack, rule, error);
      throw error;
    } finally {
      await stack.close();
    }
  });
}
