import { expect, test } from 'vitest';
import { excerptFromWords } from '../../../../../src/engine/docker/build/build-failure.js';

const text = [
  'FROM busybox AS one',
  'RUN echo a',
  '',
  'FROM one',
  '# a comment',
  'RUN echo \\',
  '  # inside',
  '  b',
  '',
].join('\n');

test.each([
  ['a line that is named', 'dockerfile parse error on line 4: unknown', undefined, [4, 4]],
  ['the instruction of a step', 'exit code: 1', '[2/3] RUN echo a', [2, 2]],
  [
    'an instruction of several lines, with a comment inside',
    'exit code: 1',
    '[stage-1 2/2] RUN echo   b',
    [6, 8],
  ],
  ['a step without an instruction', 'canceled', '[internal] load build context', undefined],
  ['an instruction that is not there', 'exit code: 1', '[2/3] RUN other', undefined],
] as const)('%s is found', (_, words, step, lines) => {
  const found = excerptFromWords(words, step, text);
  expect(found && [found.first, found.last]).toEqual(lines);
});
