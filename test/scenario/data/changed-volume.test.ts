import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const stack = (colour: string) => `
services:
  web:
    image: busybox:latest
    command: sh -c 'echo entry >> /data/log; wc -l < /data/log; exec sleep 600'
    init: true
    volumes: ["data:/data"]
volumes:
  data: { labels: { colour: ${colour} } }
`;

scenario('a changed volume is made anew with --yes only, and its container with it', async (app) => {
  await app.compose(stack('red'));
  await app.up();
  await app.compose(stack('blue'));
  const before = (await app.container('web-1')).id;
  await app.up();
  const unanswered = {
    isKept: (await app.container('web-1')).id === before,
    lines: await app.linesOf('web'),
  };
  await app.up('--yes');
  const [volume] = await app.engine.listVolumes(app.project);
  await app.eventually('it has counted', async () => (await app.linesOf('web')).length === 1);
  expect({
    unanswered,
    colour: volume?.labels.get('colour'),
    isNew: (await app.container('web-1')).id !== before,
    lines: await app.linesOf('web'),
    plan: (await app.run('plan')).exitCode,
  }).toEqual({
    unanswered: { isKept: true, lines: ['1'] },
    colour: 'blue',
    isNew: true,
    lines: ['1'],
    plan: 0,
  });
});
