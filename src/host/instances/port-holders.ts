import type { EnginePorts } from '../../model/instance.js';
import { readListeners } from '../facts/listeners.js';
import { isPortFree } from '../ports/is-port-free.js';

/** Who has ports of the host, for one project. */
export class PortHolders {
  readonly #engine: EnginePorts | undefined;
  readonly #project: string;

  /** `engine` undefined: no engine answers, and what containers have cannot be told. */
  constructor(engine: EnginePorts | undefined, project: string) {
    this.#engine = engine;
    this.#project = project;
  }

  /** Ports that containers have, of whatever project. */
  get published(): number[] {
    return (this.#engine?.published ?? []).map(({ port }) => port);
  }

  /** Whether no program has a port, as far as that can be told from here. */
  async isFree(port: number): Promise<boolean> {
    return this.#engine?.machine === 'elsewhere' || isPortFree(port);
  }

  /** Who has a port that is the project's, in words; undefined: nobody, or the project itself. */
  async strangerAt(port: number): Promise<string | undefined> {
    if (this.#engine === undefined) return undefined;
    const containers = this.#engine.published.filter((each) => each.port === port);
    const other = containers.find(({ project }) => project !== this.#project);
    if (other !== undefined) {
      const { container, project } = other;
      return `container ${container}${project === undefined ? '' : ` of project ${project}`}`;
    }
    if (containers.length > 0 || (await this.isFree(port))) return undefined;
    const program = (await readListeners())?.find((each) => each.port === port)?.process;
    return program === undefined ? 'a program of this machine' : `${program.name} (process ${program.pid})`;
  }
}
