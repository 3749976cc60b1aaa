import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';

const webAndApi = (mode: string) => `
services:
  web: { image: "busybox:latest", command: sleep 600, init: true, environment: { MODE: ${mode} } }
  api: { image: "busybox:latest", command: sleep 600, init: true }
`;

scenario('a plan in a file is carried out as it is, once', async (app) => {
  await app.compose(webAndApi('one'));
  await app.up();
  const before = await app.runs();
  await app.compose(webAndApi('two'));
  const planned = await app.run('plan', '-o', 'plan.json');
  const applied = await app.run('apply', 'plan.json');
  const again = await app.run('apply', 'plan.json');
  const after = await app.runs();
  expect({
    planned: planned.exitCode,
    applied: applied.exitCode,
    touched: touched(before, after),
    again: [again.exitCode, again.stderr.split('\n')[0]],
  }).toEqual({
    planned: 2,
    applied: 0,
    touched: ['web-1'],
    again: [1, 'plan/outdated   the plan is out of date: what runs is not as it was'],
  });
});

scenario('a plan is refused when a container was removed since', async (app) => {
  await app.compose(webAndApi('one'));
  await app.up();
  await app.compose(webAndApi('two'));
  await app.run('plan', '-o', 'plan.json');
  await app.engine.removeContainer((await app.container('api-1')).id, { anonymousVolumes: 'keep' });
  const before = await app.runs();
  const { exitCode, stderr } = await app.run('apply', 'plan.json');
  expect({ exitCode, stderr, runs: await app.runs() }).toEqual({
    exitCode: 1,
    stderr: `plan/outdated   the plan is out of date: what runs is not as it was
  + create container app-api-1   not found
  + start container app-api-1   created by #1
  hint: nothing was changed; look at a new plan: tscompose plan -o FILE
`,
    runs: before,
  });
});

scenario('a plan is refused when a file was edited since', async (app) => {
  await app.compose(webAndApi('one'));
  await app.up();
  await app.compose(webAndApi('two'));
  await app.run('plan', '-o', 'plan.json');
  await app.compose(webAndApi('three'));
  const { exitCode, stderr } = await app.run('apply', 'plan.json');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: `plan/outdated   the plan is out of date: the files or variables say something else now
  ~ create container app-web-1   with other settings
  hint: nothing was changed; look at a new plan: tscompose plan -o FILE
`,
  });
});
