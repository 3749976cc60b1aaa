import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { shellSays } from '../../support/scenario-image.js';
import { type Stack, touched } from '../../support/scenario-stack.js';

const twoServices = `
services:
  web: { build: ./web, command: sleep 600, init: true, stop_grace_period: 0s }
  other: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }
`;

async function writeWeb(stack: Stack, dockerfile = 'FROM busybox\nCOPY used /used\n'): Promise<void> {
  await stack.compose(twoServices);
  await stack.write('web/Dockerfile', dockerfile);
  await stack.write('web/used', 'one\n');
  await stack.write('web/unused', 'one\n');
}

scenario('a missing image is built, and the next up does nothing', async (stack) => {
  await writeWeb(stack);
  const { stderr } = await stack.run('up', '-d');
  const before = await stack.runs();
  const again = await stack.run('up', '-d');
  expect({
    isBuilt: stderr.includes(' Image app-web  Built\n'),
    said: await shellSays(stack, 'cat /used'),
    again: again.stderr.split('\n').filter((line) => line.includes('Image')),
    touched: touched(before, await stack.runs()),
  }).toEqual({ isBuilt: true, said: ['one'], again: [], touched: [] });
});

scenario('plan says what an image is not built from any more, and --build=stale builds it', async (stack) => {
  await writeWeb(stack);
  await stack.up();
  await stack.write('web/used', 'two\n');
  const before = await stack.runs();
  const told = await stack.must('plan');
  await stack.up('--build=stale');
  const changed = touched(before, await stack.runs());
  const restTold = await stack.must('plan');
  expect({ told, changed, said: await shellSays(stack, 'cat /used'), restTold }).toEqual({
    told:
      '! image app-web  is not what the files make now (context changed: 1 file (used)); up --build=stale builds it\n' +
      'nothing to do: project "app" is as its files say\n',
    changed: ['web-1'],
    said: ['two'],
    restTold: 'nothing to do: project "app" is as its files say\n',
  });
});

scenario('a build that changes nothing in the image keeps its container', async (stack) => {
  await writeWeb(stack);
  await stack.up();
  await stack.write('web/unused', 'two\n');
  const before = await stack.runs();
  const { stderr } = await stack.run('up', '-d', '--build');
  expect({ isBuilt: stderr.includes('Built'), touched: touched(before, await stack.runs()) }).toEqual({
    isBuilt: true,
    touched: [],
  });
});

scenario(
  'a step that fails is shown with its last lines and its line, and nothing is made',
  async (stack) => {
    await writeWeb(stack, 'FROM busybox\nRUN echo before; echo oops >&2; exit 7\n');
    const { exitCode, stdout, stderr } = await stack.run('up', '-d');
    const told = stderr.slice(stderr.indexOf('compose.yaml:'));
    const once = ['  step [2/2] RUN', '    oops\n', '  > 2 | RUN'].map((text) => told.split(text).length - 1);
    expect({ exitCode, stdout, once, resources: await stack.resources() }).toEqual({
      exitCode: 1,
      stdout: '',
      once: [1, 1, 1],
      resources: [],
    });
  },
);

scenario('a context that is not there is a problem with its line, before anything is made', async (stack) => {
  await stack.compose(twoServices);
  const { exitCode, stderr } = await stack.run('up', '-d');
  expect({ exitCode, first: stderr.split('\n')[0], resources: await stack.resources() }).toEqual({
    exitCode: 1,
    first: 'compose.yaml:3:17  build/unreadable   unable to prepare context: path "./web" not found',
    resources: [],
  });
});

scenario('Ctrl-C ends a build at once, and the next up goes on from there', async (stack) => {
  await writeWeb(stack, 'FROM busybox\nCOPY used /used\nRUN echo begun && sleep 300\n');
  const cut = stack.start(['up', '-d']);
  await cut.says('begun\n');
  cut.signal('SIGINT');
  const { exitCode } = await cut.outcome;
  const resources = await stack.resources();
  await stack.write('web/Dockerfile', 'FROM busybox\nCOPY used /used\nRUN echo begun\n');
  await stack.up();
  expect({ exitCode, resources, states: await stack.states() }).toEqual({
    exitCode: 130,
    resources: [],
    states: { 'other-1': 'running', 'web-1': 'running' },
  });
});

scenario('an image with a name of its own is built when its registry cannot be reached', async (stack) => {
  await stack.compose(
    'services: {web: {image: "localhost:1/${COMPOSE_PROJECT_NAME}/web:1", build: ., command: sleep 600, init: true}}',
  );
  await stack.write('Dockerfile', 'FROM busybox\n');
  const { exitCode, stderr } = await stack.run('up', '-d');
  expect({
    exitCode,
    isWarned: /Image localhost:1\/app\/web:1 {2}Warning/.test(stderr),
    states: await stack.states(),
  }).toEqual({ exitCode: 0, isWarned: true, states: { 'web-1': 'running' } });
});

scenario('down --rmi local removes what was built', async (stack) => {
  await writeWeb(stack);
  await stack.up();
  await stack.must('down', '--rmi', 'local');
  expect(await stack.engine.images.listOf(stack.project)).toEqual([]);
});
