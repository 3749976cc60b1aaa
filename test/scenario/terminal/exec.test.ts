import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { keys } from '../../support/scenario-terminal.js';

const web = 'services:\n  web: { image: "busybox:latest", command: sleep 600, init: true }\n';

scenario('exec gives its program our terminal, in its size and in every new one', async (stack) => {
  await stack.compose(web);
  await stack.up();
  const untilTold = 'until [ "$(stty size)" = "24 80" ]; do :; done';
  const traps = 'trap "stty size" WINCH; trap "exit 5" INT';
  const script = `${traps}; ${untilTold}; echo begun; while :; do sleep 0.1; done`;
  const exec = stack.inTerminal(['exec', 'web', 'sh', '-c', script]);
  await exec.says('begun');
  await exec.resize(132, 50);
  await exec.says('50 132');
  exec.type(keys.ctrlC);
  const { exitCode, terminal } = await exec.outcome;
  expect([exitCode, terminal]).toEqual([5, 'as before']);
});

scenario('Ctrl-C in the terminal of exec is for its program', async (stack) => {
  await stack.compose(web);
  await stack.up();
  const script = 'trap "echo heard; exit 9" INT; echo begun; while :; do sleep 0.1; done';
  const exec = stack.inTerminal(['exec', 'web', 'sh', '-c', script]);
  await exec.says('begun');
  exec.type(keys.ctrlC);
  const { exitCode, screen, terminal } = await exec.outcome;
  expect([exitCode, screen.endsWith('heard\n'), terminal]).toEqual([9, true, 'as before']);
});

scenario('the detach keys let go of exec, and its program goes on', async (stack) => {
  await stack.compose(web);
  await stack.up();
  const exec = stack.inTerminal(['exec', 'web', 'sh', '-c', 'echo begun; exec sleep 555']);
  await exec.says('begun');
  exec.type(keys.ctrlP);
  exec.type(keys.ctrlQ);
  const { exitCode, terminal } = await exec.outcome;
  expect([exitCode, terminal, (await stack.must('top')).includes('sleep 555')]).toEqual([
    0,
    'as before',
    true,
  ]);
});

scenario('exec whose container is killed by others gives the terminal back', async (stack) => {
  await stack.compose(web);
  await stack.up();
  const exec = stack.inTerminal(['exec', 'web', 'sh', '-c', 'echo begun; exec sleep 600']);
  await exec.says('begun');
  await stack.engine.killContainer((await stack.container('web-1')).id, 'SIGKILL');
  const { exitCode, terminal } = await exec.outcome;
  expect([exitCode, terminal]).toEqual([137, 'as before']);
});

scenario(
  'attach with a terminal shows what is drawn, and the detach keys of the flag let go',
  async (stack) => {
    const script = 'while read line; do echo "heard $$line"; done';
    await stack.compose(
      `services:\n  web: { image: "busybox:latest", command: ["sh", "-c", ${JSON.stringify(script)}], tty: true, stdin_open: true }\n`,
    );
    await stack.up();
    const attached = stack.inTerminal(['attach', '--detach-keys', 'ctrl-x', 'web']);
    attached.type('word\r');
    await attached.says('heard word');
    attached.type('\x18');
    const { exitCode, terminal } = await attached.outcome;
    expect([exitCode, terminal, await stack.states()]).toEqual([0, 'as before', { 'web-1': 'running' }]);
  },
);
