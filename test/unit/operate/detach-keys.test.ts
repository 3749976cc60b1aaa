import { describe, expect, test } from 'vitest';
import { DetachKeys, parseDetachKeys } from '../../../src/operate/detach-keys.js';

describe('keys that let go of a process', () => {
  test.each([
    ['ctrl-p,ctrl-q', [16, 17]],
    ['ctrl-x,x', [24, 120]],
    ['ctrl-@', [0]],
    ['ctrl-[', [27]],
    ['ctrl-_', [31]],
    ['a', [97]],
  ])('%s are the bytes %j', (text, bytes) => {
    expect(parseDetachKeys(text)).toEqual(bytes);
  });

  test.each(['foo', 'ctrl-', 'ctrl-P', '', 'a,,b', 'ctrl-é'])('"%s" are none', (text) => {
    expect(() => parseDetachKeys(text)).toThrow(`invalid detach keys (${text})`);
  });

  test.each([
    ['pass nothing on once they are complete', ['\x10', '\x11'], ['', undefined]],
    ['count when they come at once with others', ['ls\x10\x11'], [undefined]],
    ['are passed on when something else follows', ['\x10', 'a'], ['', '\x10a']],
    ['are looked for from the start when the first comes twice', ['\x10\x10\x11'], [undefined]],
    ['leave everything else alone', ['echo\r'], ['echo\r']],
  ])('%s', (_rule, typed, passed) => {
    const keys = new DetachKeys([16, 17]);
    const taken = typed.map((text) => keys.take(Buffer.from(text)));
    expect(taken.map((bytes) => bytes && Buffer.from(bytes).toString())).toEqual(passed);
  });
});
