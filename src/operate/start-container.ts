import type { Engine } from '../engine/engine.js';
import type { AttachOptions, ExitWatch, ProcessStreams, TerminalSize } from '../engine/process-port.js';
import type { HookSpec } from '../model/service.js';
import { EngineError, HookError } from '../problems/errors.js';

/** A container that has been made and not started. */
export interface FreshContainer {
  readonly id: string;
  readonly name: string;
  readonly terminal: AttachOptions['terminal'];
  readonly input: AttachOptions['input'];
  readonly whenEnded: 'keep' | 'remove';
  readonly postStart: readonly HookSpec[];
}

/** The process of a container, with its streams at our end. */
export interface ContainerProcess extends ProcessStreams {
  readonly id: string;
  readonly name: string;
  resize(size: TerminalSize): Promise<void>;
  /** Passes a signal on; nothing happens when the process is gone. */
  signal(name: string): Promise<void>;
  /** Waits for the end of the container, and for its removal where the engine removes it. */
  exitCode(): Promise<number>;
  /** Lets go of the container for good: it goes on, and nobody waits for its end any more. */
  detach(): void;
  /** Fulfilled when the post_start hooks are through. Throws HookError. */
  readonly hooks: Promise<void>;
}

/**
 * Attaches to a new container, begins to listen for its end and starts it, in this order, so that nothing of it is
 * missed. Throws EngineError when it cannot be started.
 */
export async function startAttached(
  engine: Engine,
  container: FreshContainer,
  signal?: AbortSignal,
): Promise<ContainerProcess> {
  const { id, name, terminal, input, whenEnded } = container;
  const given = new AbortController();
  const streams = await engine.processes.attach(id, { terminal, input }, signal);
  const condition = whenEnded === 'remove' ? 'removed' : 'next-exit';
  let exit: ExitWatch;
  try {
    exit = await engine.processes.watchExit(id, condition, given.signal);
    await engine.startContainer(id, signal);
  } catch (error) {
    streams.close();
    given.abort();
    throw nameInsteadOfId(error, container);
  }
  const hooks = runPostStart(engine, container, signal);
  hooks.catch(() => {});
  const detach = () => {
    streams.close();
    given.abort();
  };
  return { ...streams, ...controls(engine, id), id, name, hooks, detach, exitCode: () => exit.exitCode };
}

/** Starts a new container, and runs its post_start hooks. Throws EngineError, HookError. */
export async function startDetached(
  engine: Engine,
  container: FreshContainer,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await engine.startContainer(container.id, signal);
  } catch (error) {
    throw nameInsteadOfId(error, container);
  }
  await runPostStart(engine, container, signal);
}

export function controls(engine: Engine, id: string): Pick<ContainerProcess, 'resize' | 'signal'> {
  return {
    resize: (size) => engine.processes.resizeTerminal(id, size),
    async signal(unixSignal) {
      try {
        await engine.killContainer(id, unixSignal);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
  };
}

/** A run that is over before its hooks are through is no failure of theirs. */
async function runPostStart(
  engine: Engine,
  { id, name, postStart }: FreshContainer,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const hook of postStart) {
    try {
      const { exitCode, output } = await engine.runProgram(id, hook, signal);
      if (exitCode === 0) continue;
      throw new HookError(name, `${name}: post_start hook exited with status ${exitCode}`, {
        evidence: output.split('\n').filter((line) => line.trim() !== ''),
      });
    } catch (error) {
      if (!isGone(error)) throw error;
      return;
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof EngineError && (error.kind === 'not-found' || error.kind === 'conflict');
}

/** The engine is asked by id, people think in names. */
function nameInsteadOfId(error: unknown, { id, name }: FreshContainer): unknown {
  if (!(error instanceof EngineError) || error.resource !== id) return error;
  const { kind, message, operation, status, hint, evidence, cause } = error;
  const shortId = id.slice(0, 12);
  return new EngineError(kind, message.replaceAll(id, name).replaceAll(shortId, name), {
    operation,
    resource: name,
    evidence,
    cause,
    ...(status === undefined ? {} : { status }),
    ...(hint === undefined ? {} : { hint }),
  });
}
