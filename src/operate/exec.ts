import type { Engine } from '../engine/engine.js';
import type { ExecProcess, ExecSpec } from '../engine/process-port.js';
import { chooseReplica } from './choose-replica.js';

/** Which container of a project to run a program in. */
export interface ExecTarget {
  /** Name of the project. */
  readonly project: string;
  readonly service: string;
  /** Number of the replica; undefined: the lowest that runs. */
  readonly index?: number | undefined;
}

/**
 * Runs a program in a running container of a service, and gives its streams and exit code. Throws UsageError when the
 * service does not run, EngineError. A program that cannot be started says so in its output and ends with 126 or 127.
 */
export async function exec(
  engine: Engine,
  target: ExecTarget,
  program: ExecSpec,
  signal?: AbortSignal,
): Promise<ExecProcess> {
  const name = await runningContainer(engine, target, signal);
  return engine.processes.startExec(name, program, signal);
}

/** The same without streams: returns once the program has been started, and throws EngineError when it cannot be. */
export async function execDetached(
  engine: Engine,
  target: ExecTarget,
  program: ExecSpec,
  signal?: AbortSignal,
): Promise<void> {
  const name = await runningContainer(engine, target, signal);
  await engine.processes.startDetachedExec(name, program, signal);
}

/** By its name: that is what people know when something goes wrong. */
async function runningContainer(
  engine: Engine,
  { project, service, index }: ExecTarget,
  signal: AbortSignal | undefined,
): Promise<string> {
  const containers = await engine.listContainers(project, signal);
  return chooseReplica(containers, { service, index, state: 'running' }).name;
}
