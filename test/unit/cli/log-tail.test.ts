import { expect, test } from 'vitest';
import { parseTail } from '../../../src/cli/log-tail.js';

test.each([
  ['all', {}],
  ['-1', {}],
  ['0', { tail: 0 }],
  ['20', { tail: 20 }],
])('--tail %s asks for %o', (text, asked) => {
  expect(parseTail(text)).toEqual(asked);
});

test('--tail takes nothing else', () => {
  expect(() => parseTail('some')).toThrow('--tail takes a number of lines or "all", not "some"');
});
