import { expect } from 'vitest';
import { type Stack, scenario } from '../../support/scenario.js';

const sleeper = 'image: "busybox:latest", command: sleep 600, init: true';
/** Answers `starting` until it is told otherwise. */
const slow = `${sleeper}, healthcheck: { test: [CMD, "false"], interval: 1s, retries: 1000, start_period: 600s }`;

/** The failure that concerns waiting, without the place in the file. */
function failureIn(stderr: string): string | undefined {
  return /apply\/dependency-failed .*/.exec(stderr)?.[0];
}

scenario('up --wait is content with jobs that ended with 0, with dependents and without', async (stack) => {
  await stack.compose(`
services:
  seed: { image: "busybox:latest", command: sh -c 'sleep 1', x-tscompose: { kind: job } }
  migrate: { image: "busybox:latest", command: "true" }
  web: { ${sleeper}, depends_on: { migrate: { condition: service_completed_successfully } } }
`);
  const { exitCode } = await stack.run('up', '--wait');
  expect({ exitCode, states: await stack.states() }).toEqual({
    exitCode: 0,
    states: { 'migrate-1': 'exited 0', 'seed-1': 'exited 0', 'web-1': 'running' },
  });
});

scenario('up --wait fails as soon as a job has ended with another code', async (stack) => {
  await stack.compose(`
services:
  seed: { image: "busybox:latest", command: sh -c 'exit 4', x-tscompose: { kind: job } }
  web: { ${slow} }
`);
  const { exitCode, stderr } = await stack.run('up', '--wait');
  expect([exitCode, failureIn(stderr)]).toEqual([
    1,
    `apply/dependency-failed   service "seed" didn't complete successfully: exit 4`,
  ]);
});

/** What `up --wait` says when something happens to a container that is not ready yet. */
async function whileWaiting(stack: Stack, happens: () => Promise<void>): Promise<unknown> {
  await stack.compose(`services: { web: { ${slow} } }`);
  const waiting = stack.start(['up', '--wait']);
  await stack.eventually('running', ([web]) => web?.state === 'running');
  await happens();
  const { exitCode, stderr } = await waiting.outcome;
  return [exitCode, failureIn(stderr)];
}

scenario('up --wait ends when somebody removes what it waits for', async (stack) => {
  const removal = async () => {
    const { id } = await stack.container('web-1');
    await stack.engine.removeContainer(id, { anonymousVolumes: 'remove' });
  };
  expect(await whileWaiting(stack, removal)).toEqual([
    1,
    'apply/dependency-failed   dependency failed to start: container app-web-1 was removed',
  ]);
});

scenario('up --wait ends when somebody pauses what it waits for', async (stack) => {
  expect(await whileWaiting(stack, () => stack.pause('web-1'))).toEqual([
    1,
    'apply/dependency-failed   dependency failed to start: container app-web-1 is paused',
  ]);
});
