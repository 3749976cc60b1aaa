import { isRunning } from '../client/is-running.js';
import { thisProcess } from '../client/this-process.js';
import type { ProcessTable } from '../host/lock/lock-owner.js';

/** What stacks for tests need to know of the process that the tests run in. */
export interface Runner {
  readonly processes: ProcessTable;
  /** Absolute path of node. */
  readonly execPath: string;
  /** Variables of the process. */
  readonly environment: ReadonlyMap<string, string>;
  /** When the standard input of this process is a line to the runner that nobody writes on: the number of its process. */
  readonly lifeline: number | undefined;
  /** Calls back when the runner that this process works for is gone; gives what ends that. */
  onDisconnect(then: () => void): () => void;
  writeError(text: string): void;
}

export const thisRunner: Runner = {
  processes: { pid: process.pid, isRunning },
  execPath: process.execPath,
  get environment() {
    return thisProcess({}).environment;
  },
  // Node's own runner starts a process for each file, and does not talk with it.
  lifeline: process.env.NODE_TEST_CONTEXT?.startsWith('child') === true ? process.ppid : undefined,
  onDisconnect(then) {
    // Only beside others that listen, as workers of test runners do: a first listener would keep this process alive.
    if (process.connected !== true || process.listenerCount('message') === 0) return () => {};
    process.once('disconnect', then);
    return () => void process.off('disconnect', then);
  },
  writeError: (text) => void process.stderr.write(text),
};
