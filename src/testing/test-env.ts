import type { ComposeProject } from '../client/compose-project.js';
import { Stack } from '../client/stack.js';
import type { Plan } from '../model/plan.js';
import { readServiceLogs, type ServiceLogsOptions } from './service-logs.js';

export interface DumpLogsOptions extends ServiceLogsOptions {
  /** Where they go; to where `testEnv` was told to show logs, if not set. */
  readonly sink?: ((text: string) => void) | undefined;
}

/** What a stack for tests was brought up with, and how it ends. */
export interface EnvParts {
  readonly project: ComposeProject;
  readonly plan: Plan | undefined;
  readonly sink: (text: string) => void;
  /** Takes it down, if it does not stay, and lets go of its engine. */
  readonly end: (outcome: 'passed' | 'failed') => Promise<void>;
}

/** A stack for tests that is ready. `await using` ends it with its block. */
export class TestEnv<Service extends string = string> extends Stack<Service> {
  declare readonly project: ComposeProject;
  readonly #sink: EnvParts['sink'];
  readonly #end: EnvParts['end'];
  #ended: Promise<void> | undefined;

  constructor({ project, plan, sink, end }: EnvParts) {
    super(project, plan);
    this.#sink = sink;
    this.#end = end;
  }

  /** Name of the project that it is on the engine: for `tscompose -p NAME logs`, say. */
  get name(): string {
    return this.project.name;
  }

  /** Shows what the containers have written, container by container. */
  async dumpLogs({ sink = this.#sink, ...options }: DumpLogsOptions = {}): Promise<void> {
    sink(`${(await readServiceLogs(this.project, options)).join('\n')}\n`);
  }

  /**
   * Ends it, once: takes it down with its volumes, unless it is reused or others share it. `failed` tells that the test
   * has, so that its logs are shown.
   */
  dispose(outcome: 'passed' | 'failed' = 'passed'): Promise<void> {
    this.#ended ??= this.#end(outcome);
    return this.#ended;
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }
}
