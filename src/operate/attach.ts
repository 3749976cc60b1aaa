import type { Engine } from '../engine/engine.js';
import type { AttachOptions } from '../engine/process-port.js';
import { EngineError } from '../problems/errors.js';
import { chooseReplica } from './choose-replica.js';
import { type ContainerProcess, controls } from './start-container.js';

export interface AttachTarget {
  /** Name of the project. */
  readonly project: string;
  readonly service: string;
  /** Number of the replica; undefined: the lowest that runs. */
  readonly index?: number | undefined;
  readonly input: AttachOptions['input'];
}

/** A running container, and what attaching to it means. */
export interface AttachedContainer extends ContainerProcess {
  readonly terminal: AttachOptions['terminal'];
  /** As asked for, unless the container was made without standard input. */
  readonly usesInput: AttachOptions['input'];
}

/**
 * The streams of the process of a running container, from now on, and its exit code. Throws UsageError when the service
 * does not run, EngineError when the container is paused.
 */
export async function attach(
  engine: Engine,
  { project, service, index, input }: AttachTarget,
  signal?: AbortSignal,
): Promise<AttachedContainer> {
  const containers = await engine.listContainers(project, signal);
  const { id, name, state } = chooseReplica(containers, { service, index, state: 'running' });
  if (state === 'paused') throw pausedError(name);
  const { service: made } = await engine.inspectContainer(id, signal);
  const options: AttachOptions = {
    terminal: made.isTty ? 'with-terminal' : 'none',
    input: made.isStdinOpen ? input : 'closed',
  };
  const given = new AbortController();
  const exit = await engine.processes.watchExit(id, 'not-running', given.signal);
  const streams = await engine.processes.attach(id, options, signal).catch((error: unknown) => {
    given.abort();
    throw error;
  });
  return {
    ...streams,
    ...controls(engine, id),
    id,
    name,
    terminal: options.terminal,
    usesInput: options.input,
    hooks: Promise.resolve(),
    exitCode: () => exit.exitCode,
    detach() {
      streams.close();
      given.abort();
    },
  };
}

function pausedError(name: string): EngineError {
  return new EngineError('conflict', `cannot attach to container ${name}: it is paused`, {
    operation: 'attach to container',
    resource: name,
    hint: 'unpause it first',
  });
}
