import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const two = `
services:
  web: { image: "busybox:latest", command: sleep 600, init: true, scale: 2 }
  off: { image: "busybox:latest", command: "true" }
`;

scenario('exec keeps the outputs of a command apart and returns its exit code', async (stack) => {
  await stack.compose(two);
  await stack.up('web');
  const outcome = await stack.run('exec', 'web', 'sh', '-c', 'echo out; echo err >&2; exit 7');
  expect(outcome).toEqual({ exitCode: 7, stdout: 'out\n', stderr: 'err\n' });
});

scenario('exec passes megabytes in and out without losing a byte', async (stack) => {
  await stack.compose(two);
  await stack.up('web');
  const sent = randomBytes(8_000_000)
    .toString('latin1')
    .replace(/[^ -~]/g, 'x');
  const { outcome } = stack.start(
    ['exec', '-T', 'web', 'sh', '-c', 'tee /copy; sha256sum /copy >&2'],
    {},
    sent,
  );
  const { stdout, stderr } = await outcome;
  const digest = createHash('sha256').update(sent).digest('hex');
  expect([stdout === sent, stderr]).toEqual([true, `${digest}  /copy\n`]);
});

scenario('exec leaves everything behind the service to the command', async (stack) => {
  await stack.compose(two);
  await stack.up('web');
  const line = ['exec', '--index', '2', '-e', 'A=1', '-w', '/tmp', 'web'];
  expect(await stack.must(...line, 'sh', '-c', 'echo $A $PWD $0 $@', '-T', '--index', '--')).toBe(
    '1 /tmp -T --index --\n',
  );
});

scenario('exec in what does not run says so, and what does', async (stack) => {
  await stack.compose(two);
  await stack.up('web');
  const off = await stack.run('exec', 'off', 'true');
  const third = await stack.run('exec', '--index', '3', 'web', 'true');
  expect([off, third]).toEqual([
    {
      exitCode: 1,
      stdout: '',
      stderr: 'usage/invalid   service "off" is not running\n  hint: there are: web\n',
    },
    {
      exitCode: 1,
      stdout: '',
      stderr:
        'usage/invalid   service "web" is not running container #3\n  hint: its containers have the numbers 1, 2\n',
    },
  ]);
});

scenario('Ctrl-C lets go of exec, with the exit code for it', async (stack) => {
  await stack.compose(two);
  await stack.up('web');
  const exec = stack.start(['exec', '-T', 'web', 'sh', '-c', 'echo begun; sleep 60']);
  await exec.says('begun');
  exec.signal('SIGINT');
  expect((await exec.outcome).exitCode).toBe(130);
});
