import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { Runner } from '../this-runner.js';
import type { WatchedStack, WatcherWord } from './watched-stack.js';

type WatchedRunner = Pick<Runner, 'execPath' | 'lifeline' | 'onDisconnect'>;

/** Ends the watch over one stack, which has been taken down. */
export type Unwatch = () => Promise<void>;

/**
 * A process that takes stacks down when this one is gone, however it went: it reads from a pipe whose other end only
 * this process has, and the system closes that end with the last breath. It is started for the first stack and ends
 * with the last. It keeps nothing alive: not this process, and not itself once the pipe is closed.
 */
export class Watcher {
  readonly #runner: WatchedRunner;
  readonly #program: string;
  #started: Started | undefined;
  readonly #watched = new Set<string>();

  /** `program` is the file of the watcher's program. */
  constructor(runner: WatchedRunner, program: string) {
    this.#runner = runner;
    this.#program = program;
  }

  watch(stack: WatchedStack): Unwatch {
    this.#started ??= this.#start(stack.environment);
    const id = randomUUID();
    this.#watched.add(id);
    this.#tell({ kind: 'watch', id, stack });
    return () => this.#forget(id);
  }

  async #forget(id: string): Promise<void> {
    if (!this.#watched.delete(id)) return;
    this.#tell({ kind: 'forget', id });
    if (this.#watched.size > 0) return;
    const ended = this.#started;
    this.#started = undefined;
    await ended?.end();
  }

  #tell(word: WatcherWord): void {
    this.#started?.child.stdin?.write(`${JSON.stringify(word)}\n`);
  }

  #start(environment: Readonly<Record<string, string>>): Started {
    const { execPath, lifeline } = this.#runner;
    const runner = lifeline === undefined ? [] : [`${lifeline}`];
    const child = spawn(execPath, [this.#program, ...runner], {
      // A group of its own: Ctrl-C in the terminal is for the tests.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore', ...(lifeline === undefined ? [] : [0])],
      // Neither options of Node that a runner has set, nor a folder that somebody wants to remove.
      env: { ...environment },
      cwd: tmpdir(),
      windowsHide: true,
    });
    // Without it there is still the next run, which clears what this one leaves.
    child.on('error', () => {});
    child.stdin?.on('error', () => {});
    child.unref();
    (child.stdin as { unref?: () => void } | null)?.unref?.();
    // A worker may outlive the runner that it works for; nobody waits for its results then.
    const stopListening = this.#runner.onDisconnect(() => child.stdin?.end());
    return { child, end: () => endOf(child, stopListening) };
  }
}

interface Started {
  readonly child: ChildProcess;
  end(): Promise<void>;
}

async function endOf(child: ChildProcess, stopListening: () => void): Promise<void> {
  stopListening();
  const isOver = child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  if (isOver) return;
  const over = once(child, 'exit');
  child.ref();
  child.stdin?.end();
  await over;
}
