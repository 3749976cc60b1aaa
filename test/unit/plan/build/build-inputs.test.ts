import { expect, test } from 'vitest';
import {
  differenceText,
  differingInputs,
  formatInputs,
  parseInputs,
} from '../../../../src/plan/build/build-inputs.js';

const inputs = (entries: Record<string, string>) => new Map(Object.entries(entries));

test('what is written into a label is read back', () => {
  const written = inputs({ context: 'a1', 'args.MODE': 'b2' });
  expect(parseInputs(formatInputs(written))).toEqual(written);
});

test.each([undefined, '', '2 {"context":"a1"}', '1 nonsense'])('the label %j tells nothing', (label) => {
  expect(parseInputs(label)).toBeUndefined();
});

test('what is new, changed or gone differs', () => {
  const before = inputs({ context: 'a', dockerfile: 'b', target: 'c' });
  const now = inputs({ context: 'a', dockerfile: 'x', 'args.MODE': 'd' });
  expect(differingInputs(before, now)).toEqual(['dockerfile', 'args.MODE', 'target']);
});

test.each([
  ['context', ['a'], 'context changed: 1 file (a)'],
  ['context', ['a', 'b', 'c', 'd'], 'context changed: 4 files (a, b, c, …)'],
  ['context', undefined, 'context changed'],
  ['additional_contexts.lib', ['x.ts'], 'context lib changed: 1 file (x.ts)'],
  ['dockerfile', undefined, 'Dockerfile changed'],
  ['args.MODE', undefined, 'arg MODE changed'],
  ['services.base', undefined, 'service base changed'],
  ['target', undefined, 'target changed'],
])('%s with the files %j is told as it is', (key, files, text) => {
  expect(differenceText({ key, files })).toBe(text);
});
