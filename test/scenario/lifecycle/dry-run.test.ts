import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

scenario('a dry run of any command says what would be done and does nothing', async (app) => {
  await app.compose(`
services:
  web: { image: "busybox:latest", command: sleep 600, init: true }
  done: { image: "busybox:latest", command: "true" }
`);
  await app.up();
  await app.eventually('it has ended', (all) => all.some(({ state }) => state === 'exited'));
  const before = { runs: await app.runs(), states: await app.states() };
  const lines = [
    ['stop'],
    ['start'],
    ['restart', 'web'],
    ['restart', '--apply', 'web'],
    ['kill'],
    ['pause'],
    ['rm'],
    ['rm', '-sf', 'web'],
    ['scale', 'web=2'],
    ['create', '--force-recreate', 'web'],
    ['down'],
  ];
  const said: string[] = [];
  for (const [command = '', ...rest] of lines) {
    const text = await app.must(command, '--dry-run', ...rest);
    said.push(text.split('\n')[0]?.replace(/ {2,}.*/, '') ?? '');
  }
  expect({ said, after: { runs: await app.runs(), states: await app.states() } }).toEqual({
    said: [
      '#1 stop container app-web-1',
      '#1 start container app-done-1',
      '#1 restart container app-web-1',
      '#1 restart container app-web-1',
      '#1 send SIGKILL to container app-web-1',
      '#1 pause container app-web-1',
      '#1 remove container app-done-1',
      '#1 stop container app-web-1',
      '#1 create container app-web-2',
      '#1 create container app-web-1',
      '#1 stop container app-web-1',
    ],
    after: before,
  });
});
