/** What a runner tells a test of itself, as far as it is used here: vitest's context, or node:test's. */
export type TestContext = VitestContext | NodeTestContext;

interface VitestContext {
  readonly signal?: AbortSignal | undefined;
  onTestFinished(
    hook: (context: {
      readonly task: { readonly result?: { readonly state: string } | undefined };
    }) => unknown,
  ): void;
}

interface NodeTestContext {
  readonly signal?: AbortSignal | undefined;
  /** Set once the test has failed. */
  readonly error?: unknown;
  after(hook: () => unknown): void;
}

/** Calls back when a test has ended, with how it did. */
export function whenEnded(context: TestContext, done: (outcome: 'passed' | 'failed') => Promise<void>): void {
  if ('onTestFinished' in context) {
    context.onTestFinished(({ task }) => done(task.result?.state === 'fail' ? 'failed' : 'passed'));
    return;
  }
  context.after(() => done(context.error == null ? 'passed' : 'failed'));
}
