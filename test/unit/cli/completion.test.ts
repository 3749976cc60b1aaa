import { describe, expect, test } from 'vitest';
import { complete } from '../../../src/cli/complete/candidates.js';
import { readLine } from '../../../src/cli/complete/read-line.js';
import { main } from '../../../src/cli/main.js';
import { buildProgram } from '../../../src/cli/program.js';
import type { LoadIo } from '../../../src/load/load-io.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

const sources = {
  services: async () => ['web', 'db'],
  profiles: async () => ['debug'],
  projects: async () => ['app', 'other'],
};

async function candidates(...words: string[]): Promise<readonly string[] | 'files'> {
  const found = await complete(readLine(buildProgram(fakeCliIo(), { code: 0 }), words), sources);
  return found === 'files' ? found : found.map(({ text }) => text);
}

describe('a line', () => {
  test.each<[string, string[], readonly string[] | 'files']>([
    ['begins with a command', ['sta'], ['start', 'stats']],
    ['may have flags before the command', ['-f', 'a.yaml', '--profile', 'x', 'sta'], ['start', 'stats']],
    ['goes on with services', ['logs', ''], ['db', 'web']],
    ['goes on with more services', ['logs', 'web', 'd'], ['db']],
    ['has flags of its command', ['logs', '--f'], ['--follow', '--format']],
    ['has flags that wait for a service', ['up', '--exit-code-from', 'w'], ['web']],
    ['has flags that wait for one of a few words', ['ps', '--status', 'e'], ['exited']],
    ['has flags and values in one word', ['ps', '--format=j'], ['--format=json']],
    ['has flags and values in three words, as bash breaks them', ['ps', '--format', '=', 'j'], ['json']],
    ['has profiles', ['--profile', ''], ['debug']],
    ['has projects', ['-p', 'o'], ['other']],
    ['has files', ['-f', ''], 'files'],
    ['leaves what runs in a container alone', ['exec', 'web', '--he'], 'files'],
    ['goes on behind a flag without a value', ['logs', '-f', 'w'], ['web']],
    ['may end the flags', ['logs', '--', 'w'], ['web']],
    ['may name a shell', ['completion', 'b'], ['bash']],
    ['of a command of commands goes on with those', ['env', 'e'], ['explain']],
  ])('%s', async (_rule, words, expected) => {
    expect(await candidates(...words)).toEqual(expected);
  });
});

test('services are those of the files that the flags name, with inactive ones', async () => {
  const files = {
    '/project/other.yaml': 'services: { api: { image: a }, debug: { image: b, profiles: [x] } }',
  };
  const io = fakeCliIo({ files });
  await main(['__complete', '--', '-f', 'other.yaml', 'logs', ''], io);
  expect(io.written).toEqual({ stdout: 'api\ndebug\n', stderr: '' });
});

test('files that are code are not run for it', async () => {
  const runs: string[] = [];
  const runCode: LoadIo['runCode'] = async ({ path }) => {
    runs.push(path);
    return { texts: new Map(), missing: [], outcome: { ok: false, problems: [] } };
  };
  const io = fakeCliIo({ files: { '/project/compose.ts': 'export default {}' }, runCode });
  await main(['__complete', '--', 'logs', ''], io);
  expect({ runs, ...io.written }).toEqual({ runs: [], stdout: '', stderr: '' });
});

test('a file that cannot be read is no reason to complain', async () => {
  const io = fakeCliIo({ files: { '/project/compose.yaml': 'services: [' } });
  const code = await main(['__complete', '--', 'logs', ''], io);
  expect({ code, ...io.written }).toEqual({ code: 0, stdout: '', stderr: '' });
});
