import { defineConfig } from 'vitest/config';

// Two lanes: `fast` needs nothing but Node, `engine` needs an engine that answers (npm test starts one).
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: [
            'test/unit/**/*.test.ts',
            'test/golden/**/*.test.ts',
            'test/property/**/*.test.ts',
            'test/parity/**/*.test.ts',
            'test/architecture.test.ts',
          ],
          // Generous, since properties run thousands of cases, and machines are sometimes busy.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'engine',
          include: [
            'test/engine/**/*.test.ts',
            'test/scenario/**/*.test.ts',
            'test/consumer/*.test.ts',
            'test/examples.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
