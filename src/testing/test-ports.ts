import type { Engine } from '../engine/engine.js';
import { enginePorts } from '../engine/engine-ports.js';
import { grantPorts } from '../host/instances/grant-ports.js';
import { InstanceFolder } from '../host/instances/instance-folder.js';
import {
  formatRecord,
  type InstanceRecord,
  parseRecord,
  portsOf,
} from '../host/instances/instance-record.js';
import { PortHolders } from '../host/instances/port-holders.js';
import { type PortMachine, thisMachine } from '../host/ports/choose-ports.js';
import type { InstanceClaim, InstanceGrant, Instances } from '../model/instance.js';

export interface PortSurroundings {
  readonly engine: Engine;
  /** The folder where instances have written down what they have; undefined: there is none. */
  readonly state: string | undefined;
  /** What the stack had the last time, as `text` gives it; undefined: this is the first. Asked once. */
  readonly before: () => Promise<string | undefined>;
  readonly range?: PortMachine['range'];
}

/** The ports of the host that one stack for tests has in place of the fixed ones of its files. */
export class TestPorts implements Instances {
  readonly #surroundings: PortSurroundings;
  #record: InstanceRecord | undefined;
  #before: Promise<string | undefined> | undefined;
  /** Ports that were free, and were not when the engine wanted to take them. */
  readonly #lost = new Map<number, string>();

  constructor(surroundings: PortSurroundings) {
    this.#surroundings = surroundings;
  }

  /** What to give as `before` the next time. */
  get text(): string | undefined {
    return this.#record === undefined ? undefined : formatRecord(this.#record);
  }

  /** Somebody else has one of these ports: none of them is to be had again. */
  lose(ports: readonly number[]): void {
    for (const port of ports) this.#lost.set(port, 'of somebody else');
  }

  async claim(claim: InstanceClaim): Promise<InstanceGrant> {
    const { engine, before, range = thisMachine.range } = this.#surroundings;
    this.#before ??= before();
    this.#record ??= parseRecord((await this.#before) ?? '');
    const known = claim.wishes.length === 0 ? undefined : await enginePorts(engine);
    const holders = new PortHolders(known, claim.project);
    const given = await this.#given(claim.project);
    const scope = { before: this.#record, given, holders, range };
    const grant = await grantPorts({ ...claim, check: 'free' }, scope);
    if (grant.kind === 'no-room') return grant;
    const { rows } = grant;
    this.#record = { instance: claim.instance, directory: claim.directory, ports: rows };
    const ports = new Map(claim.wishes.map(({ key }) => [key, rows.get(key)?.first ?? 0]));
    // Nobody counts on a port of a test: that it is another one need not be told.
    return { kind: 'granted', ports, replaced: [], forgottenBecause: undefined };
  }

  async #given(own: string): Promise<Map<number, string>> {
    const given = new Map(this.#lost);
    for (const [project, record] of await new InstanceFolder(this.#surroundings.state).readAll()) {
      if (project !== own) for (const port of portsOf(record)) given.set(port, project);
    }
    return given;
  }
}
