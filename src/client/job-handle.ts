import { type ContainerExit, waitForExits } from '../operate/wait-exit.js';
import { UsageError } from '../problems/errors.js';
import type { OperationOptions } from './options.js';
import type { RunningProject } from './running-project.js';

/** How a job ended. */
export interface JobResult {
  /** 0 when all of its containers have ended well, else that of the first which has not. */
  readonly exitCode: number;
  /** The end of each container, in their order. */
  readonly exits: readonly ContainerExit[];
  /** What the containers wrote to standard output and standard error, line by line. */
  readonly output: string;
}

/** A service that does its work and ends. */
export class JobHandle {
  readonly name: string;
  readonly #project: RunningProject;

  constructor(project: RunningProject, name: string) {
    this.#project = project;
    this.name = name;
  }

  /** How it ended, once it has. Asking for it waits. Throws what `wait` throws. */
  get result(): Promise<JobResult> {
    return this.wait();
  }

  /** The same with a signal. Throws UsageError when nothing of it was ever started, EngineError, CancelledError. */
  async wait({ signal = new AbortController().signal }: OperationOptions = {}): Promise<JobResult> {
    const engine = await this.#project.engine();
    const request = {
      project: this.#project.name,
      services: [this.name],
      until: 'all',
      onExit: () => {},
    } as const;
    const exits = await waitForExits(engine, request, signal);
    if (exits.length === 0) {
      throw new UsageError(`service "${this.name}" has not been started`, {
        hint: 'bring the project up first',
      });
    }
    const exitCode = exits.find((exit) => exit.exitCode !== 0)?.exitCode ?? 0;
    return { exitCode, exits, output: await this.#output() };
  }

  async #output(): Promise<string> {
    let output = '';
    for await (const { text } of this.#project.logs({ services: [this.name] })) output += `${text}\n`;
    return output;
  }
}
