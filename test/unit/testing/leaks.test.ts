import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryEngine, testEnv } from '../../../src/testing/index.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-leaks-'));
  await writeFile(
    join(folder, 'compose.yaml'),
    `
services:
  web:
    image: busybox
    ports: ["8080:80"]
    volumes: ["data:/data"]
    healthcheck: { test: ["CMD", "true"] }
    depends_on: { job: { condition: service_completed_successfully } }
  job: { image: busybox }
volumes: { data: }
`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function upAndDown(signal: AbortSignal): Promise<void> {
  const engine = createMemoryEngine({
    images: ['busybox'],
    program: ({ service }) => (service === 'job' ? { exitCode: 0 } : {}),
  });
  const environment = { HOME: folder };
  await using env = await testEnv('compose.yaml', { cwd: folder, engine, environment, signal });
  await env.job('job').result;
  await env.service('web').endpoint(80);
}

interface Held {
  readonly resources: number;
  readonly listeners: number;
  readonly heapBytes: number;
}

function held(): Held {
  collect();
  const listeners = process.eventNames().map((name) => process.listenerCount(name));
  return {
    resources: process.getActiveResourcesInfo().length,
    listeners: listeners.reduce((sum, count) => sum + count, 0),
    heapBytes: process.memoryUsage().heapUsed,
  };
}

test('two hundred stacks in one process leave neither handles nor listeners nor memory', async () => {
  const { signal } = new AbortController();
  // What is made once, by the first ones, stays.
  for (let round = 0; round < 50; round += 1) await upAndDown(signal);
  const before = held();
  for (let round = 0; round < 150; round += 1) await upAndDown(signal);
  const after = held();
  const growthPerRound = (after.heapBytes - before.heapBytes) / 150;
  expect({ ...after, heapBytes: growthPerRound < 10_000 ? 'flat' : growthPerRound }).toEqual({
    ...before,
    heapBytes: 'flat',
  });
});
