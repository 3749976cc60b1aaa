import { expect, test } from 'vitest';
import { buildProgram } from '../../../src/cli/program.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

const programFor = (...words: string[]) => buildProgram(fakeCliIo(), { code: 0 }, words);
const namesOf = (words: readonly string[]) => programFor(...words).commands.map((command) => command.name());
const all = namesOf([]);

test.each(all)('%s is the same command whether others are registered or not', (name) => {
  const helpIn = (program: ReturnType<typeof programFor>) =>
    program.commands.find((command) => command.name() === name)?.helpInformation();
  expect(helpIn(programFor('-p', 'shop', name, '--help'))).toBe(helpIn(programFor()));
});

test('a command line that has names of several commands knows them all', () => {
  expect(namesOf(['-p', 'build', 'up'])).toEqual(expect.arrayContaining(['build', 'up']));
});

test.each([[['--help']], [['help', 'up']], [['dwn']], [['__complete', '--', 'up']]])(
  '%j is about all commands',
  (words) => {
    expect(namesOf(words)).toEqual(all);
  },
);
