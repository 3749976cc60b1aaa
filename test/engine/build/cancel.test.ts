import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { novelty } from '../../support/build-request.js';
import { eventually } from '../../support/eventually.js';
import { RealBuilder } from '../../support/real-builder.js';

test.each([
  ['BuildKit', '1'],
  ['the classic builder', '0'],
])('a cancelled build of %s ends what RUN has started', async (_, variable) => {
  const builder = await RealBuilder.connect({ DOCKER_BUILDKIT: variable });
  const mark = novelty();
  const controller = new AbortController();
  const dockerfile = ['FROM busybox', `RUN : ${mark}; sleep 600; true`];
  const building = builder
    .build({ dockerfile }, controller.signal)
    .catch((error: { code?: string }) => error.code);
  await eventually(async () => (await isRunning(mark)) || undefined);
  controller.abort();
  const outcome = await building;
  await eventually(async () => !(await isRunning(mark)) || undefined);
  await builder.close();
  expect(outcome).toBe('cancelled');
});

/** Engine and tests share this machine: what runs in containers is seen from here. */
async function isRunning(mark: string): Promise<boolean> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.some((line) => line.startsWith('/bin/sh') && line.includes(mark));
}
