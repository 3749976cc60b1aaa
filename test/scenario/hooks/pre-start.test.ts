import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const twoSteps = (second: string) => `
services:
  web:
    image: busybox
    init: true
    command: [sh, -c, "cat /data/log /anonymous/token; echo; exec sleep 600"]
    environment: { WHO: service }
    volumes: ["data:/data", "/anonymous"]
    secrets: [token]
    pre_start:
      - command: [sh, -c, 'echo "one $$WHO $$EXTRA" >> /data/log; cp /run/secrets/token /anonymous/token']
        environment: { EXTRA: more }
      - command: [sh, -c, "${second}"]
        working_dir: /tmp
secrets:
  token: { environment: TOKEN }
volumes:
  data:
`;

scenario(
  'pre_start steps share volumes, variables and secrets with the service and leave no container',
  async (stack) => {
    await stack.write('.env', 'TOKEN=sesame\n');
    await stack.compose(twoSteps('echo two $$PWD >> /data/log'));
    await stack.up();
    expect({ lines: await stack.linesOf('web'), states: await stack.states() }).toEqual({
      lines: ['one service more', 'two /tmp', 'sesame'],
      states: { 'web-1': 'running' },
    });
  },
);

scenario('an up after an up runs no pre_start step again', async (stack) => {
  await stack.write('.env', 'TOKEN=sesame\n');
  await stack.compose(twoSteps('echo two >> /data/log'));
  await stack.up();
  const before = await stack.runs();
  await stack.up();
  expect(await stack.runs()).toEqual(before);
});

scenario('a pre_start step that fails keeps the service down and says why', async (stack) => {
  await stack.write('.env', 'TOKEN=sesame\n');
  await stack.compose(twoSteps('echo no such table >&2; exit 3'));
  const { exitCode, stderr } = await stack.run('up', '-d');
  expect({
    exitCode,
    error: stderr
      .slice(stderr.indexOf('compose.yaml'))
      .split('\n')
      .filter((line) => !/^\s*>?\s*\d* \|/.test(line)),
    states: await stack.states(),
  }).toEqual({
    exitCode: 1,
    error: [
      'compose.yaml:13:9  apply/hook-failed   service "web" pre_start[1] exited with code 3',
      '  last log lines of app-web-pre_start-1:',
      '    no such table',
      '  hint: its container app-web-pre_start-1 is kept for a look at it; the next up removes it',
      '',
    ],
    states: { 'web-1': 'created', 'web-pre_start-1': 'exited 3' },
  });
});

scenario('what a failed pre_start step has left goes with the next up', async (stack) => {
  await stack.write('.env', 'TOKEN=sesame\n');
  await stack.compose(twoSteps('exit 3'));
  await stack.run('up', '-d');
  await stack.compose(twoSteps('exit 0'));
  await stack.up();
  expect(await stack.states()).toEqual({ 'web-1': 'running' });
});

scenario('what a failed pre_start step has left goes with down', async (stack) => {
  await stack.write('.env', 'TOKEN=sesame\n');
  await stack.compose(twoSteps('exit 3'));
  await stack.run('up', '-d');
  await stack.must('down', '-v');
  expect(await stack.resources()).toEqual([]);
});

scenario('Ctrl-C during a pre_start step takes its container away and starts nothing', async (stack) => {
  await stack.compose(`
services:
  web:
    image: busybox
    init: true
    command: [sleep, "600"]
    pre_start: [{ command: [sleep, "600"] }]
`);
  const up = stack.start(['up', '-d']);
  await stack.eventually('the step runs', (containers) =>
    containers.some(({ name, state }) => name.endsWith('pre_start-0') && state === 'running'),
  );
  up.signal('SIGINT');
  const { exitCode } = await up.outcome;
  expect({ exitCode, states: await stack.states() }).toEqual({
    exitCode: 130,
    states: { 'web-1': 'created' },
  });
});

scenario(
  'a step for every replica runs for each that starts, with the volumes of that replica',
  async (stack) => {
    await stack.compose(`
services:
  web:
    image: busybox
    init: true
    command: [sh, -c, "cat /own/name; exec sleep 600"]
    volumes: ["/own"]
    scale: 2
    pre_start:
      - command: [sh, -c, "echo prepared >> /own/name"]
        per_replica: true
`);
    await stack.up();
    expect(await stack.linesOf('web')).toEqual(['prepared', 'prepared']);
  },
);
