import { describe, expect, test } from 'vitest';
import type { LogChunk } from '../../../../src/engine/container-log.js';
import { framedLog, terminalLog } from '../../../../src/engine/docker/log-messages.js';

function frame(stream: 1 | 2, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** Text and times of each stream, whatever the chunks. */
async function read(log: AsyncIterable<LogChunk>) {
  const found: Record<string, { text: string; times: string[] }> = {};
  for await (const { stream, data, times = [] } of log) {
    const { text, times: before } = found[stream] ?? { text: '', times: [] };
    found[stream] = { text: text + Buffer.from(data).toString(), times: [...before, ...times] };
  }
  return found;
}

const framed = Buffer.concat([
  frame(1, '2026-01-01T00:00:00.1Z one two\n'),
  frame(1, '2026-01-01T00:00:00.2Z a long '),
  frame(2, '2026-01-01T00:00:00.3Z oh\n'),
  frame(1, '2026-01-01T00:00:00.2Z line\n'),
  frame(1, '2026-01-01T00:00:00.4Z \n'),
]);

describe.each([1, 7, 40, 1000])('in chunks of %i bytes', (size) => {
  test('each line of a framed log has one time, also one that the engine has cut', async () => {
    expect(await read(framedLog(inChunks(framed, size), 'with-times'))).toEqual({
      stdout: {
        text: 'one two\na long line\n\n',
        times: ['2026-01-01T00:00:00.1Z', '2026-01-01T00:00:00.2Z', '2026-01-01T00:00:00.4Z'],
      },
      stderr: { text: 'oh\n', times: ['2026-01-01T00:00:00.3Z'] },
    });
  });

  test('each line of a terminal has its time', async () => {
    const bytes = Buffer.from('2026-01-01T00:00:00.1Z one\r\n2026-01-01T00:00:00.2Z $ ');
    expect(await read(terminalLog(inChunks(bytes, size), 'with-times'))).toEqual({
      stdout: { text: 'one\r\n$ ', times: ['2026-01-01T00:00:00.1Z', '2026-01-01T00:00:00.2Z'] },
    });
  });
});

test('a line of a terminal that the engine has cut is whole, with one time', async () => {
  const time = '2026-01-01T00:00:00.123456789Z';
  const bytes = Buffer.from(
    `${time} ${'x'.repeat(16_384)}${time} ${'y'.repeat(16_384)}${time} z\r\n${time} end\r\n`,
  );
  expect(await read(terminalLog(inChunks(bytes, 10_000), 'with-times'))).toEqual({
    stdout: { text: `${'x'.repeat(16_384)}${'y'.repeat(16_384)}z\r\nend\r\n`, times: [time, time] },
  });
});

test('messages of one stream that come together are handed on together', async () => {
  const bytes = Buffer.concat([frame(1, 'a\n'), frame(1, 'b\n'), frame(2, 'c\n'), frame(1, 'd\n')]);
  const sizes: number[] = [];
  for await (const { data } of framedLog(inChunks(bytes, 1000), 'without-times')) sizes.push(data.length);
  expect(sizes).toEqual([4, 2, 2]);
});
