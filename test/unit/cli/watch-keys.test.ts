import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { CliIo } from '../../../src/cli/io.js';
import { listenToWatchKeys } from '../../../src/cli/watch-keys.js';

/** What keys do, and what becomes of the terminal. */
function pressed(keys: string, isTty: boolean): string[] {
  const told: string[] = [];
  const stream = new PassThrough();
  const stdin = { stream, isTty, setMode: (mode: string) => told.push(`mode ${mode}`) };
  const io = { stdin, stdout: { isTty } } as unknown as CliIo;
  const say = (word: string) => () => void told.push(word);
  const names = ['toggle', 'rebuild', 'restart', 'quit', 'interrupt'] as const;
  const actions = Object.fromEntries(names.map((name) => [name, say(name)])) as unknown as Parameters<
    typeof listenToWatchKeys
  >[1];
  const stop = listenToWatchKeys(io, actions);
  stream.emit('data', Buffer.from(keys));
  stop();
  stream.emit('data', Buffer.from('q'));
  return told;
}

test('keys act at once, and the terminal is as before afterwards', () => {
  expect(pressed('rbwqx\u0003', true)).toEqual([
    'mode keys',
    ...['restart', 'rebuild', 'toggle', 'quit', 'interrupt'],
    'mode lines',
  ]);
});

test('where nobody types, the input is left alone', () => {
  expect(pressed('rq', false)).toEqual([]);
});
