import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import type { Stack } from '../../support/scenario-stack.js';

const file = (rest = '') => `
services:
  web: { build: { context: ./web${rest} }, command: cat /tool, init: true }
  base: { build: ./base, image: "\${COMPOSE_PROJECT_NAME}-tools", scale: 0 }
`;

async function writeBoth(stack: Stack, web: string, rest = ''): Promise<void> {
  await stack.compose(file(rest));
  await stack.write('base/Dockerfile', 'FROM busybox\nRUN echo tool > /tool\n');
  await stack.write('web/Dockerfile', web);
}

scenario('an image that begins with that of another service is built after it', async (stack) => {
  await writeBoth(
    stack,
    'ARG FROM_IMAGE\nFROM ${FROM_IMAGE}\n',
    ', args: {FROM_IMAGE: "${COMPOSE_PROJECT_NAME}-tools"}',
  );
  await stack.must('up');
  expect(await stack.linesOf('web')).toEqual(['tool']);
});

scenario('a change of what an image begins with makes it stale', async (stack) => {
  await writeBoth(
    stack,
    'ARG FROM_IMAGE\nFROM ${FROM_IMAGE}\n',
    ', args: {FROM_IMAGE: "${COMPOSE_PROJECT_NAME}-tools"}',
  );
  await stack.must('build');
  await stack.write('base/Dockerfile', 'FROM busybox\nRUN echo other > /tool\n');
  const { stdout: plan } = await stack.run('plan', '--build=stale');
  await stack.must('up', '--build=stale');
  expect({
    plan: plan.split('\n').filter((line) => line.includes('built first')),
    said: await stack.linesOf('web'),
  }).toEqual({
    plan: [
      '! image app-tools  is built first (Dockerfile changed): another image may change more',
      '! image app-web  is built first (service base changed): another image may change more',
    ],
    said: ['other'],
  });
});

scenario(
  'a service that is named as a context is built first',
  async (stack) => {
    await writeBoth(
      stack,
      'FROM busybox\nCOPY --from=lib /tool /tool\n',
      ', additional_contexts: {lib: "service:base"}',
    );
    await stack.must('up', 'web');
    expect(await stack.linesOf('web')).toEqual(['tool']);
  },
  { engineSince: 23 },
);

scenario('of two builds the one that fails does not keep the other from being built', async (stack) => {
  await stack.compose('services: {good: {build: ./good}, bad: {build: ./bad}}');
  await stack.write('good/Dockerfile', 'FROM busybox\nRUN echo good\n');
  await stack.write('bad/Dockerfile', 'FROM busybox\nRUN exit 3\n');
  const { exitCode } = await stack.run('build');
  const images = await stack.engine.images.listOf(stack.project);
  expect({ exitCode, services: images.map(({ service }) => service) }).toEqual({
    exitCode: 1,
    services: ['good'],
  });
});

scenario('two services with the same build share it', async (stack) => {
  await stack.compose(`
services:
  one: { build: ., image: "\${COMPOSE_PROJECT_NAME}-same" }
  two: { build: ., image: "\${COMPOSE_PROJECT_NAME}-same" }
`);
  await stack.write('Dockerfile', 'FROM busybox\nRUN echo hello\n');
  const { stderr } = await stack.run('build');
  expect(stderr.split('\n').filter((line) => line.endsWith('Built'))).toEqual([' Image app-same  Built']);
});
