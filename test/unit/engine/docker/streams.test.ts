import { expect, test } from 'vitest';
import { demultiplex } from '../../../../src/engine/docker/demultiplex.js';
import { readJsonLines } from '../../../../src/engine/docker/json-lines.js';
import { splitReference } from '../../../../src/engine/docker/pull-image.js';
import { engineTime } from '../../../../src/engine/docker/read-logs.js';
import { containerEventOf } from '../../../../src/engine/docker/watch-events.js';

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

/** The bytes in chunks of the given size. */
async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

test.each([1, 3, 8, 9, 1000])('frames are put together from chunks of %i bytes', async (size) => {
  const bytes = Buffer.concat([frame(1, 'öne\n'), frame(2, 'two\n'), frame(1, ''), frame(1, 'three\n')]);
  const chunks = await collect(demultiplex(inChunks(bytes, size)));
  expect(chunks.map(({ stream, data }) => [stream, Buffer.from(data).toString()])).toEqual([
    ['stdout', 'öne\n'],
    ['stderr', 'two\n'],
    ['stdout', 'three\n'],
  ]);
});

test.each([1, 2, 7, 1000])('JSON lines are put together from chunks of %i bytes', async (size) => {
  const bytes = Buffer.from('{"a":"ö"}\r\n\n{"b":2}\n{"c":3}');
  expect(await collect(readJsonLines(inChunks(bytes, size)))).toEqual([{ a: 'ö' }, { b: 2 }, { c: 3 }]);
});

test.each([
  ['web', { name: 'web', tag: 'latest' }],
  ['web:1', { name: 'web', tag: '1' }],
  ['host:5000/web', { name: 'host:5000/web', tag: 'latest' }],
  ['host:5000/a/web:1.2', { name: 'host:5000/a/web', tag: '1.2' }],
  ['web@sha256:ab', { name: 'web', tag: 'sha256:ab' }],
  ['host:5000/web:1@sha256:ab', { name: 'host:5000/web', tag: 'sha256:ab' }],
])('a pull of %s asks for exactly one image', (reference, parts) => {
  expect(splitReference(reference)).toEqual(parts);
});

test.each([
  ['1700000000', '1700000000'],
  ['1700000000.5', '1700000000.5'],
  ['2023-11-14T22:13:20Z', '1700000000'],
  ['2023-11-14T22:13:20.000000123Z', '1700000000.000000123'],
  ['2023-11-14T23:13:20.5+01:00', '1700000000.500000000'],
])('the time %s is sent as %s', (text, sent) => {
  expect(engineTime(text)).toBe(sent);
});

test('health and exit code are read where Podman writes them, too', () => {
  const health = containerEventOf({ Action: 'health_status', HealthStatus: 'healthy', Actor: { ID: 'a' } });
  const died = containerEventOf({
    Action: 'die',
    Actor: { ID: 'a', Attributes: { containerExitCode: '3' } },
  });
  expect([health.action, died.exitCode]).toEqual(['health_status: healthy', 3]);
});
