import { randomInt } from 'node:crypto';
import { ephemeralPorts, type PortRange, portsToChooseFrom } from './ephemeral-ports.js';
import { isPortFree } from './is-port-free.js';

/** What decides which port it is. Tests give a machine of their own. */
export interface PortMachine {
  /** Where the choice is from. */
  range(): Promise<PortRange>;
  /** Whether nobody on the host has it. */
  isFree(port: number): Promise<boolean>;
  /** A whole number from 0 up to, but without, `limit`: so that two who choose at once choose differently. */
  random(limit: number): number;
}

export const thisMachine: PortMachine = {
  range: async () => portsToChooseFrom(await ephemeralPorts()),
  isFree: isPortFree,
  random: (limit) => randomInt(limit),
};

/**
 * The first of `count` ports in a row that nobody has: neither on the host nor in `taken`. Never among those that the
 * system gives to outgoing connections. undefined: there are none.
 */
export async function choosePorts(
  count: number,
  taken: ReadonlySet<number>,
  machine: PortMachine = thisMachine,
): Promise<number | undefined> {
  const { first, last } = await machine.range();
  const places = last - first + 2 - count;
  if (places <= 0) return undefined;
  const start = machine.random(places);
  for (let tried = 0; tried < places; tried += 1) {
    const port = first + ((start + tried) % places);
    if (await areFree(port, count, taken, machine)) return port;
  }
  return undefined;
}

async function areFree(
  port: number,
  count: number,
  taken: ReadonlySet<number>,
  machine: PortMachine,
): Promise<boolean> {
  const row = Array.from({ length: count }, (_, index) => port + index);
  if (row.some((each) => taken.has(each))) return false;
  for (const each of row) if (!(await machine.isFree(each))) return false;
  return true;
}
