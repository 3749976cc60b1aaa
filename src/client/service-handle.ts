import type { ObservedContainer } from '../model/observed.js';
import { replicasOf } from '../operate/choose-replica.js';
import { publishedPort } from '../operate/published-port.js';
import { type Endpoint, endpointOf } from './endpoint.js';
import type { LogLine } from './log-lines.js';
import type { ExecOptions, LogOptions, OperationOptions } from './options.js';
import type { ProgramResult } from './run-program.js';
import type { RunningProject } from './running-project.js';

export interface EndpointOptions extends OperationOptions {
  readonly protocol?: 'tcp' | 'udp' | 'sctp' | undefined;
  /** Number of the replica; without it the lowest that runs. */
  readonly index?: number | undefined;
}

/** One service of a stack. */
export class ServiceHandle {
  readonly name: string;
  readonly #project: RunningProject;

  constructor(project: RunningProject, name: string) {
    this.#project = project;
    this.name = name;
  }

  /** Its replicas by number, stopped ones too. */
  async containers({ signal }: OperationOptions = {}): Promise<ObservedContainer[]> {
    const all = await this.#project.ps(signal === undefined ? {} : { signal });
    return replicasOf(all, { service: this.name, state: 'any' }).filter(({ isOneOff }) => !isOneOff);
  }

  /** Where a port of the service, by its number in the container, can be reached. Throws UsageError when it is not published. */
  async endpoint(target: number, options: EndpointOptions = {}): Promise<Endpoint> {
    const { protocol = 'tcp', index, signal } = options;
    const engine = await this.#project.engine();
    const request = { project: this.#project.name, service: this.name, target, protocol, index };
    return endpointOf(engine.address, await publishedPort(engine, request, signal));
  }

  /** As `project.exec`. */
  exec(command: readonly string[], options: ExecOptions = {}): Promise<ProgramResult> {
    return this.#project.exec(this.name, command, options);
  }

  /** As `project.logs`, of this service only. */
  logs(options: Omit<LogOptions, 'services'> = {}): AsyncGenerator<LogLine, void, undefined> {
    return this.#project.logs({ ...options, services: [this.name] });
  }
}
