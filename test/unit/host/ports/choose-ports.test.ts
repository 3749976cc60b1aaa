import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { choosePorts, type PortMachine, thisMachine } from '../../../../src/host/ports/choose-ports.js';
import { ephemeralPorts, portsToChooseFrom } from '../../../../src/host/ports/ephemeral-ports.js';

/** A machine with ports from 10 to 19, whose chance always says the same. */
function machine(used: readonly number[], chance = 0): PortMachine {
  return {
    range: async () => ({ first: 10, last: 19 }),
    isFree: async (port) => !used.includes(port),
    random: () => chance,
  };
}

test('a port is chosen that neither the host nor anybody who was named has', async () => {
  expect(await choosePorts(1, new Set([11]), machine([10, 12]))).toBe(13);
});

test('ports for a range are next to each other', async () => {
  expect(await choosePorts(3, new Set([11]), machine([15]))).toBe(12);
});

test('the search begins where chance says, and goes round once', async () => {
  const taken = new Set([18, 19, 10]);
  expect([
    await choosePorts(1, taken, machine([], 8)),
    await choosePorts(1, new Set(), machine([10, 11, 12, 13, 14, 15, 16, 17, 18, 19], 8)),
    await choosePorts(11, new Set(), machine([])),
  ]).toEqual([11, undefined, undefined]);
});

test('a port of this machine is free unless somebody listens, at whatever address', async () => {
  const port = await choosePorts(1, new Set());
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const whileHeld = await thisMachine.isFree(port ?? 0);
  await new Promise((resolve) => server.close(resolve));
  expect([whileHeld, await thisMachine.isFree(port ?? 0)]).toEqual([false, true]);
});

test.each([
  ['32768\t60999\n', { first: 10_000, last: 32_767 }],
  ['10500\t60999\n', { first: 61_000, last: 65_535 }],
  ['1024\t65535\n', { first: 10_000, last: 65_535 }],
  ['', { first: 10_000, last: 32_767 }],
])('where the system gives away %j, ports are chosen elsewhere if there is room', async (text, expected) => {
  const folder = await mkdtemp(join(tmpdir(), 'tscompose-ports-'));
  const path = join(folder, 'range');
  await writeFile(path, text);
  const range = portsToChooseFrom(await ephemeralPorts(path));
  await rm(folder, { recursive: true });
  expect(range).toEqual(expected);
});
