import { homedir } from 'node:os';
import { expect } from 'vitest';
import { stateFolderOf } from '../../../src/testing/state-folder.js';
import { eventually } from '../../support/eventually.js';
import { scenario } from '../../support/scenario.js';
import { processEnvironment, type Stack } from '../../support/scenario-stack.js';
import { namesOf, runTests } from '../../support/test-runner.js';

const compose = `
services:
  web: { image: busybox, command: sleep 600, init: true, ports: ["8080:80"], volumes: ["data:/data"] }
volumes: { data: }
`;

const limitMs = 15_000;

/** Fulfilled when nothing is left of a project. */
function gone(stack: Stack, project: string): Promise<string> {
  return eventually(async () => ((await namesOf(stack, project)).length === 0 ? 'gone' : undefined), limitMs);
}

/** How many processes share a stack, as far as this machine has been told. */
async function usersOf(project: string): Promise<number> {
  const surroundings = { environment: processEnvironment(), homeDir: homedir() };
  return (await stateFolderOf(surroundings, project.split('--').at(-1) ?? '').members()).length;
}

scenario('what a runner had is gone within 15 seconds after it was killed', async (stack) => {
  await stack.compose(compose);
  const runner = await runTests(stack, "say((await testEnv('compose.yaml')).name); await forever();");
  const project = await runner.said;
  const before = await namesOf(stack, project);
  runner.kill();
  expect([before.length, await gone(stack, project)]).toEqual([3, 'gone']);
});

scenario("what a test of Node's own runner had is gone soon after the runner was killed", async (stack) => {
  await stack.compose(compose);
  const script = `
    import test from 'node:test';
    test('hangs', async (t) => {
      const env = await testEnv('compose.yaml', { test: t });
      say(env.name);
      await forever();
    });`;
  const runner = await runTests(stack, script, ['--test']);
  const project = await runner.said;
  const before = await namesOf(stack, project);
  runner.kill();
  const after = await gone(stack, project).finally(() => runner.end());
  expect([before.length, after]).toEqual([3, 'gone']);
});

scenario('what is not ready yet is gone too after a kill', async (stack) => {
  await stack.compose(`
services:
  web: { image: busybox, command: sleep 600, healthcheck: { test: "false", interval: 1s, retries: 100 } }
`);
  const onEvent =
    "({ kind, step }) => step?.kind === 'wait' && kind === 'step-started' && say(step.containers[0].name)";
  const runner = await runTests(stack, `await testEnv('compose.yaml', { onEvent: ${onEvent} });`);
  const project = (await runner.said).replace(/-web-1$/, '');
  const before = await namesOf(stack, project);
  runner.kill();
  expect([before.length, await gone(stack, project)]).toEqual([2, 'gone']);
});

scenario('a shared stack outlives one of its runners that was killed, and not the last', async (stack) => {
  await stack.compose(compose);
  const script = `say((await testEnv('compose.yaml', { share: '${stack.project}' })).name); await forever();`;
  const [one, other] = [await runTests(stack, script), await runTests(stack, script)];
  const [project, same] = [await one.said, await other.said];
  one.kill();
  await eventually(async () => ((await usersOf(project)) === 1 ? 'one has left' : undefined));
  const between = (await namesOf(stack, project)).length;
  other.kill();
  expect([same, between, await gone(stack, project)]).toEqual([project, 3, 'gone']);
});

scenario('a stack that is reused outlives its runner that was killed', async (stack) => {
  await stack.compose(compose);
  const script = `say((await testEnv('compose.yaml', { reuse: '${stack.project}' })).name); await forever();`;
  const runner = await runTests(stack, script);
  const project = await runner.said;
  const before = await stack.engine.listContainers(project);
  runner.kill();
  const again = await runTests(stack, script);
  await again.said;
  again.kill();
  const after = await stack.engine.listContainers(project);
  await stack.must('-p', project, 'down', '-v');
  const states = (all: typeof before) => all.map(({ id, state }) => `${id} ${state}`);
  expect([states(after), await namesOf(stack, project)]).toEqual([states(before), []]);
});
