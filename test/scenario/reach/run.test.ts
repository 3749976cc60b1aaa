import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const stackOfTwo = `
services:
  web:
    image: busybox:latest
    command: sleep 600
    depends_on: { db: { condition: service_healthy } }
    volumes: [/scratch]
    secrets: [token]
  db:
    image: busybox:latest
    command: sh -c 'sleep 1; touch /ready; exec sleep 600'
    init: true
    healthcheck: { test: test -e /ready, interval: 300ms }
secrets:
  token: { environment: TOKEN }
`;

scenario(
  'run starts what is needed, gives the command all of its input, and leaves nothing behind',
  async (stack) => {
    await stack.compose(stackOfTwo);
    const args = [
      'run',
      '--rm',
      '-T',
      'web',
      'sh',
      '-c',
      'cat; cat /run/secrets/token; echo err >&2; exit 4',
    ];
    const { exitCode, stdout, stderr } = await stack.start(args, { TOKEN: 'secret' }, 'hello\n').outcome;
    expect([exitCode, stdout, stderr.endsWith('err\n'), await stack.states()]).toEqual([
      4,
      'hello\nsecret',
      true,
      { 'db-1': 'running' },
    ]);
  },
);

scenario('run -d prints the id of its container, which goes on under its own name', async (stack) => {
  await stack.compose(stackOfTwo);
  const { outcome } = stack.start(['run', '-d', '--no-deps', '--name', `${stack.project}-once`, 'web'], {
    TOKEN: 'x',
  });
  const { stdout } = await outcome;
  const { id, isOneOff, state } = await stack.container('once');
  expect([stdout, isOneOff, state]).toEqual([`${id}\n`, true, 'running']);
});

scenario('signals to run are for its container, and its answer is what counts', async (stack) => {
  await stack.compose(stackOfTwo);
  const script = 'trap "echo got it; exit 9" TERM; echo begun; while true; do sleep 0.1; done';
  const run = stack.start(['run', '--rm', '-T', '--no-deps', 'web', 'sh', '-c', script], { TOKEN: 'x' });
  await run.says('begun');
  run.signal('SIGTERM');
  const { exitCode, stdout } = await run.outcome;
  expect([exitCode, stdout]).toEqual([9, 'begun\ngot it\n']);
});

scenario(
  'run tells by its exit code that there is no such command, or that it is no program',
  async (stack) => {
    await stack.compose(`services:\n  web: { image: "busybox:latest" }\n`);
    const codes = [];
    for (const command of ['no-such-command', '/etc/passwd'])
      codes.push((await stack.run('run', '--rm', '-T', 'web', command)).exitCode);
    expect([codes, await stack.states()]).toEqual([[127, 126], {}]);
  },
);

scenario('attach gives what a container writes from now on, and its exit code', async (stack) => {
  const script = 'trap "echo bye; exit 5" USR1; while true; do echo tick; sleep 0.2; done';
  await stack.compose(
    `services:\n  web: { image: "busybox:latest", command: ["sh", "-c", ${JSON.stringify(script)}] }\n`,
  );
  await stack.up();
  const attached = stack.start(['attach', 'web']);
  await attached.says('tick');
  attached.signal('SIGUSR1');
  const { exitCode, stdout } = await attached.outcome;
  expect([exitCode, stdout.endsWith('bye\n')]).toEqual([5, true]);
});
