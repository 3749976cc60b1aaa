import { expect, test } from 'vitest';
import { main } from '../../../../src/cli/main.js';
import { versionAnswer } from '../../../../src/cli/start/version-answer.js';
import { fakeCliIo } from '../../../support/fake-cli-io.js';

test.each([
  ...['-v', '--version', 'version', 'version --short'],
  ...['version -f json', 'version --format json', 'version --format=json'],
])('%s is answered at once, as by the program', async (line) => {
  const io = fakeCliIo();
  const argv = line.split(' ');
  const exitCode = await main(argv, io);
  expect({ exitCode, ...io.written }).toEqual({ exitCode: 0, stdout: versionAnswer(argv), stderr: '' });
});

test.each(['', 'up', 'version --help', 'version --format xml', '--verbose version', 'version --short more'])(
  '%j is left to the program',
  (line) => {
    expect(versionAnswer(line.split(' '))).toBeUndefined();
  },
);
