import { expect, test } from 'vitest';
import { type ProviderRun, runProvider } from '../../../src/apply/run-provider.js';
import { ProviderError } from '../../../src/problems/errors.js';
import { type FakeAnswer, fakePrograms, isMetadataCall, says } from '../../support/fake-programs.js';

const run: ProviderRun = {
  project: 'app',
  service: 'db',
  action: 'up',
  provider: {
    type: 'cloud',
    options: new Map([
      ['size', ['3']],
      ['tag', ['a', 'b']],
    ]),
    environment: new Map(),
  },
};

async function outcomeOf(
  answers: { metadata?: FakeAnswer; answer?: FakeAnswer },
  changes: Partial<ProviderRun> = {},
) {
  const programs = fakePrograms((call) =>
    isMetadataCall(call) ? (answers.metadata ?? { exitCode: 1 }) : (answers.answer ?? {}),
  );
  const told: string[] = [];
  const tools = {
    programs,
    onInfo: (text: string) => void told.push(text),
    signal: new AbortController().signal,
  };
  try {
    const variables = await runProvider({ ...run, ...changes }, tools);
    return { variables: Object.fromEntries(variables), calls: programs.calls, told };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { error: error.message, evidence: error.evidence, calls: programs.calls };
  }
}

const metadata = (text: unknown): FakeAnswer => ({ lines: JSON.stringify(text, undefined, 2).split('\n') });

test('a provider gets every option as a flag, a list once for each value', async () => {
  expect(await outcomeOf({})).toEqual({
    variables: {},
    told: [],
    calls: ['compose metadata', 'compose --project-name=app up --size=3 --tag=a --tag=b db'],
  });
});

test('setenv gives a variable with the name of the service in front, rawsetenv one as it is', async () => {
  const lines = [
    says('setenv', 'URL=http://x?a=b'),
    says('rawsetenv', 'TOKEN=t'),
    says('debug', 'x'),
    says('info', 'wait'),
  ];
  expect(await outcomeOf({ answer: { lines } })).toMatchObject({
    variables: { DB_URL: 'http://x?a=b', TOKEN: 't' },
    told: ['wait'],
  });
});

test('a provider that says what it takes gets only that', async () => {
  const says = metadata({ up: { parameters: [{ name: 'size', required: true }] }, down: {} });
  expect((await outcomeOf({ metadata: says })).calls[1]).toBe('compose --project-name=app up --size=3 db');
});

test('a required parameter that the file does not have is an error before anything is run', async () => {
  const says = metadata({ up: { parameters: [{ name: 'region', required: true }] } });
  expect(await outcomeOf({ metadata: says })).toEqual({
    error: 'required parameter "region" is missing from provider "cloud" definition',
    evidence: [],
    calls: ['compose metadata'],
  });
});

test.each([
  [{ lines: [says('error', 'no quota')], exitCode: 1 }, 'no quota'],
  [{ exitCode: 4 }, 'cloud exited with code 4'],
  [{ lines: ['hello'] }, 'invalid response from plugin: hello'],
  [{ lines: [says('wish', 'x')] }, 'invalid response from plugin: wish'],
  [{ lines: [says('setenv', 'URL')] }, 'invalid response from plugin: setenv without NAME=value'],
])('an answer %j is a failure that says %s', async (answer, cause) => {
  expect(await outcomeOf({ answer: { ...answer, errorLines: ['oh no'] } })).toMatchObject({
    error: `failed to create service provider "db": ${cause}`,
    evidence: ['  oh no'],
  });
});

test('a provider is told to stop only when it says that it can', async () => {
  const deaf = await outcomeOf({}, { action: 'stop' });
  const able = await outcomeOf({ metadata: metadata({ stop: {} }) }, { action: 'stop' });
  expect([deaf.calls, able.calls]).toEqual([
    ['compose metadata'],
    ['compose metadata', 'compose --project-name=app stop --size=3 --tag=a --tag=b db'],
  ]);
});

test('a provider that is not there is named, with what to install', async () => {
  const programs = fakePrograms(() => ({}), ['cloud']);
  const tools = { programs, onInfo: () => {}, signal: new AbortController().signal };
  await expect(runProvider(run, tools)).rejects.toMatchObject({
    message: 'provider "cloud" of service "db" is not installed',
    hint: `install docker's plugin "docker-cloud", or put a program "cloud" into PATH`,
  });
});
