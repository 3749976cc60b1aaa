import { expect, test } from 'vitest';
import type { LogChunk, LogOptions } from '../../../src/engine/container-log.js';
import type { Engine } from '../../../src/engine/engine.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { ContainerLog } from '../../../src/operate/container-log.js';
import { followLogs, readLogs } from '../../../src/operate/logs.js';
import { containerOf } from '../../engine/contract-builders.js';
import { quiet } from '../../support/gated-engine.js';

type Line = readonly [second: number, text: string];

/** An engine whose log is what `lines` says at the time of reading. */
function engineWith(lines: () => readonly Line[]) {
  const asked: LogOptions[] = [];
  const engine = {
    async *readLogs(_id: string, options: LogOptions): AsyncGenerator<LogChunk> {
      asked.push(options);
      for (const [second, text] of lines()) {
        const time = timeOf(second);
        if (options.since !== undefined && time < options.since) continue;
        yield { stream: 'stdout', data: Buffer.from(`${text}\n`), times: [time] };
      }
    },
  } as unknown as Engine;
  return { engine, asked };
}

function timeOf(second: number): string {
  return `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000000Z`;
}

async function textsOf(log: ContainerLog): Promise<string[]> {
  const texts: string[] = [];
  for await (const lines of log.read('once', new AbortController().signal)) texts.push(...lines.texts);
  return texts;
}

test('reading again gives what is new, also lines of the same moment and of the same words', async () => {
  const first: readonly Line[] = [
    [1, 'a'],
    [2, 'tick'],
    [2, 'tick'],
  ];
  let lines = first;
  const { engine } = engineWith(() => lines);
  const log = new ContainerLog(engine, 'web', {});
  const before = await textsOf(log);
  lines = [...first, [2, 'tick'], [3, 'b']];
  expect([before, await textsOf(log)]).toEqual([
    ['a', 'tick', 'tick'],
    ['tick', 'b'],
  ]);
});

test('what came late and out of order is found the next time', async () => {
  let lines: readonly Line[] = [
    [1, 'a'],
    [3, 'c'],
  ];
  const { engine } = engineWith(() => lines);
  const log = new ContainerLog(engine, 'web', {});
  await textsOf(log);
  lines = [
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ];
  expect(await textsOf(log)).toEqual(['b']);
});

test('the end of the past is asked for once, and from then on the time of the last lines', async () => {
  const { engine, asked } = engineWith(() => [[5, 'a']]);
  const log = new ContainerLog(engine, 'web', { tail: 1 });
  await textsOf(log);
  await textsOf(log);
  expect(asked.map(({ tail, since }) => ({ tail, since }))).toEqual([
    { tail: 1, since: undefined },
    { tail: undefined, since: timeOf(5) },
  ]);
});

test('a log is read no faster than it is shown', async () => {
  const engine = new MemoryEngine({ images: ['busybox:latest'] });
  await engine.startContainer(await engine.createContainer(containerOf({ project: 'app' })));
  for (let line = 0; line < 100; line++) engine.print('app-web-1', 'stdout', `line ${line}`);
  let shown = 0;
  const stop = new AbortController();
  const containers = await engine.listContainers('app');
  void readLogs(
    engine,
    containers,
    { follow: false, timestamps: false },
    () => {
      shown += 1;
      return new Promise(() => {});
    },
    stop.signal,
  );
  await quiet();
  expect(shown).toBe(1);
});

test('a follower of one replica shows no other one', async () => {
  const engine = new MemoryEngine({ images: ['busybox:latest'] });
  const create = async (number: number) => {
    const spec = containerOf({ project: 'app' });
    const labels = new Map([...spec.labels, ['com.docker.compose.container-number', String(number)]]);
    await engine.startContainer(await engine.createContainer({ ...spec, name: `app-web-${number}`, labels }));
    engine.print(`app-web-${number}`, 'stdout', `from ${number}`);
  };
  await create(1);
  const stop = new AbortController();
  const texts: string[] = [];
  const request = { project: 'app', services: ['web'], index: 1, past: {} };
  const following = followLogs(
    engine,
    request,
    (event) => {
      if (event.kind === 'lines') texts.push(...event.lines.texts);
    },
    stop.signal,
  );
  await quiet();
  await create(2);
  await quiet();
  stop.abort();
  await following;
  expect(texts).toEqual(['from 1']);
});
