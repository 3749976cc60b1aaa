import type { ProblemEntry } from './problem-entry.js';

/** Of carrying a plan out. */
export const applyCodes = {
  'apply/failed': {
    meaning: 'steps of a plan failed',
    cause: 'each of them is told with a code of its own; what did not depend on them was done',
    remedy: 'correct what is told, and run the command again: it goes on from there',
  },
  'apply/dependency-failed': {
    meaning: 'a dependency did not become what a service waits for',
    cause:
      'it ended, is not healthy, is paused or needs more time; the last probes and lines of its log are shown',
    remedy: '`tscompose logs SERVICE` has the whole log; correct the service or its `healthcheck`',
  },
  'apply/provider-failed': {
    meaning: 'a provider of a service is missing or did not do its work',
    cause: 'its program is not installed, or said that it could not',
    remedy: 'install it as `docker-TYPE` or `TYPE` in PATH, or do what it says',
  },
  'apply/hook-failed': {
    meaning: 'a lifecycle hook of a service ended with another code than 0',
    cause:
      'the command of `post_start`, `pre_stop` or `pre_start` failed; the end of what it printed is shown',
    remedy:
      'run it by hand with `tscompose exec`, and correct it; the container of a `pre_start` step is kept',
  },
  cancelled: {
    meaning: 'the operation was cancelled',
    cause: 'Ctrl-C, or a request to end; steps that had begun were brought to their end',
    remedy: 'run the command again: it goes on from there',
  },
  internal: {
    meaning: 'a defect of tscompose',
    cause: 'something happened that nobody thought of',
    remedy: 'run it again with `TSCOMPOSE_DEBUG=1`, and report it with the stack that this shows',
  },
} as const satisfies Record<string, ProblemEntry>;
