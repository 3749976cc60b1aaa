import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { confirm } from '../../../src/cli/confirm.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

async function answer(text: string, kind: 'terminal' | 'script') {
  const io = fakeCliIo();
  const stdin = { stream: Readable.from([text]), isTty: kind === 'terminal', setMode: () => {} };
  return { isYes: await confirm({ ...io, stdin }, 'Going to remove a'), said: io.written.stdout };
}

test.each(['y', 'Y', 't', 'true', '1', 'TRUE\n'])('from a script, %j means yes', async (text) => {
  expect((await answer(text, 'script')).isYes).toBe(true);
});

test.each(['', 'n', 'no', '0', 'yes', '\ny'])('from a script, %j means no', async (text) => {
  expect((await answer(text, 'script')).isYes).toBe(false);
});

test.each([
  ['y\n', true],
  ['yes\n', true],
  ['\n', false],
  ['x\n', false],
])('typed on a terminal, %j is taken for %s', async (text, isYes) => {
  expect((await answer(text, 'terminal')).isYes).toBe(isYes);
});

test('a question says on a terminal how it can be answered, and to a script nothing more', async () => {
  const asked = await Promise.all([answer('y\n', 'terminal'), answer('y', 'script')]);
  expect(asked.map(({ said }) => said)).toEqual(['? Going to remove a (y/N) ', 'Going to remove a']);
});

test('a script that answers several questions at once is asked each of them', async () => {
  const io = fakeCliIo();
  const world = { ...io, stdin: { stream: Readable.from(['y\nn\ny\n']), isTty: false, setMode: () => {} } };
  const answers: boolean[] = [];
  for (const question of ['a', 'b', 'c', 'd']) answers.push(await confirm(world, question));
  expect(answers).toEqual([true, false, true, false]);
});
