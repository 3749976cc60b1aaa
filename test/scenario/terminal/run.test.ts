import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { keys } from '../../support/scenario-terminal.js';

const web = 'services:\n  web: { image: "busybox:latest", command: sleep 600, init: true }\n';
const neverReady = `
services:
  web: { image: "busybox:latest", command: sleep 600, depends_on: { db: { condition: service_healthy } } }
  db: { image: "busybox:latest", command: sleep 600, init: true, healthcheck: { test: "false", retries: 1000 } }
`;

scenario('run gives its container our terminal, in its size and in every new one', async (stack) => {
  await stack.compose(web);
  const untilTold = 'until [ "$(stty size)" = "24 80" ]; do :; done';
  const traps = 'trap "stty size" WINCH; trap "exit 5" INT';
  const script = `${traps}; ${untilTold}; echo begun; while :; do sleep 0.1; done`;
  const run = stack.inTerminal(['run', '--rm', 'web', 'sh', '-c', script]);
  await run.says('begun');
  await run.resize(100, 40);
  await run.says('40 100');
  run.type(keys.ctrlC);
  const { exitCode, terminal } = await run.outcome;
  expect([exitCode, terminal, await stack.states()]).toEqual([5, 'as before', {}]);
});

scenario(
  'run tells the size of the terminal before the first moment of its process',
  async (stack) => {
    await stack.compose(web);
    const { screen } = await stack.inTerminal(['run', '--rm', '-q', 'web', 'stty', 'size']).outcome;
    expect(screen).toBe('24 80\n');
  },
  { engineSince: 23 },
);

scenario('Ctrl-C in the terminal of run is for its process, whose exit code counts', async (stack) => {
  await stack.compose(web);
  const script = 'trap "echo heard; exit 9" INT; echo begun; while :; do sleep 0.1; done';
  const run = stack.inTerminal(['run', '--rm', 'web', 'sh', '-c', script]);
  await run.says('begun');
  run.type(keys.ctrlC);
  const { exitCode, screen, terminal } = await run.outcome;
  expect([exitCode, screen.endsWith('heard\n'), terminal, await stack.states()]).toEqual([
    9,
    true,
    'as before',
    {},
  ]);
});

scenario('the detach keys let go of run, and its container goes on', async (stack) => {
  await stack.compose(web);
  const name = `${stack.project}-once`;
  const run = stack.inTerminal(['run', '--name', name, 'web', 'sh', '-c', 'echo begun; exec sleep 600']);
  await run.says('begun');
  run.type(keys.ctrlP);
  run.type(keys.ctrlQ);
  const { exitCode, terminal } = await run.outcome;
  expect([exitCode, terminal, await stack.states()]).toEqual([0, 'as before', { once: 'running' }]);
});

scenario(
  'Ctrl-C while run waits for a dependency ends it before anything of its own is started',
  async (stack) => {
    await stack.compose(neverReady);
    const run = stack.inTerminal(['run', 'web', 'true']);
    await run.says('db-1 ');
    await stack.eventually('the dependency', (all) => all.some(({ state }) => state === 'running'));
    run.type(keys.ctrlC);
    const { exitCode, terminal } = await run.outcome;
    expect([exitCode, terminal, await stack.states()]).toEqual([130, 'as before', { 'db-1': 'running' }]);
  },
);

scenario('run whose container is killed by others gives the terminal back', async (stack) => {
  await stack.compose(web);
  const name = `${stack.project}-once`;
  const run = stack.inTerminal(['run', '--name', name, 'web', 'sh', '-c', 'echo begun; exec sleep 600']);
  await run.says('begun');
  await stack.engine.killContainer((await stack.container('once')).id, 'SIGKILL');
  const { exitCode, terminal } = await run.outcome;
  expect([exitCode, terminal]).toEqual([137, 'as before']);
});
