import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const counting = `
services:
  web: { image: "busybox:latest", command: sh -c 'seq 5; exec sleep 600', init: true }
  job: { image: "busybox:latest", command: sh -c 'echo done; exit 4' }
`;

scenario('ps shows what runs, with -a also what has ended, as one JSON document a line', async (stack) => {
  await stack.compose(counting);
  await stack.up();
  await stack.eventually('the end of the job', async (all) => all.some(({ exitCode }) => exitCode === 4));
  const show = async (...flags: string[]) =>
    (await stack.must('ps', '--format', 'json', ...flags))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .map(({ Name, Service, State, ExitCode }) => ({ Name, Service, State, ExitCode }));
  expect({ running: await show(), all: await show('-a') }).toEqual({
    running: [{ Name: 'app-web-1', Service: 'web', State: 'running', ExitCode: 0 }],
    all: [
      { Name: 'app-job-1', Service: 'job', State: 'exited', ExitCode: 4 },
      { Name: 'app-web-1', Service: 'web', State: 'running', ExitCode: 0 },
    ],
  });
});

scenario('logs --tail shows the last lines of each container behind its name', async (stack) => {
  await stack.compose(counting);
  await stack.up();
  await stack.eventually('the end of the job', async (all) => all.some(({ exitCode }) => exitCode === 4));
  const log = await stack.must('logs', '--tail', '2');
  expect(log.split('\n').sort()).toEqual(['', 'job-1  | done', 'web-1  | 4', 'web-1  | 5']);
});

scenario('down of nothing is fine, and says that there was nothing', async (stack) => {
  await stack.compose(counting);
  expect(await stack.run('down')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'warning  no resource found to remove for project "app"\n',
  });
});
