import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { onBrokenPipe } from '../../../src/cli/broken-pipe.js';

/** A stream to which writing fails with `code`: what came of it. */
function failedWrite(code: string): string {
  const stream = new EventEmitter();
  let end = 'goes on';
  onBrokenPipe(stream, () => {
    end = 'ended';
  });
  try {
    stream.emit('error', Object.assign(new Error(code), { code }));
  } catch (error) {
    return `threw ${(error as Error).message}`;
  }
  return end;
}

test('a closed pipe ends the program, any other failure to write is one', () => {
  expect([failedWrite('EPIPE'), failedWrite('ENOSPC')]).toEqual(['ended', 'threw ENOSPC']);
});
