import { expect } from 'vitest';
import { keeperOf } from '../../support/keeper.js';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';

const inline = 'image: busybox, command: sleep 600, init: true';
const two = `{services: {web: {${inline}}, db: {${inline}}}}`;

scenario('what is removed runs again, and nothing else is touched', async (stack) => {
  await stack.compose(two);
  await stack.up();
  const before = await stack.runs();
  await keeperOf(stack);
  await stack.engine.removeContainer((await stack.container('web-1')).id, { anonymousVolumes: 'remove' });
  await stack.eventually('it runs', async () => (await stack.states())['web-1'] === 'running');
  expect(touched(before, await stack.runs())).toEqual(['web-1']);
});

scenario('what its user has stopped stays so until it is started', async (stack) => {
  await stack.compose(two);
  await stack.up();
  const keeper = await keeperOf(stack);
  await stack.must('stop', 'web');
  await keeper.says('Container app-web-1  Stopped by its user');
  // Something else happens meanwhile: the loop looks at everything, and still leaves it alone.
  const db = await stack.container('db-1');
  await stack.engine.removeContainer(db.id, { anonymousVolumes: 'remove' });
  await stack.eventually('db runs', async () => (await stack.states())['db-1'] === 'running');
  const during = await stack.states();
  await stack.must('start', 'web');
  await stack.engine.runProgram((await stack.container('web-1')).id, die).catch(() => undefined);
  await keeper.says('start container app-web-1 (exited 137)');
  await stack.eventually('web runs', async () => (await stack.states())['web-1'] === 'running');
  expect(during).toEqual({ 'db-1': 'running', 'web-1': 'exited 143' });
});

scenario('a container that was taken off its network is made anew on it', async (stack) => {
  await stack.compose(`{services: {web: {${inline}, networks: [back]}}, networks: {back: {}}}`);
  await stack.up();
  await keeperOf(stack);
  const { id } = await stack.container('web-1');
  await stack.engine.disconnectNetwork(`${stack.project}_back`, id);
  await stack.eventually('it is back', (containers) =>
    containers.some((each) => each.id !== id && each.state === 'running' && each.networks.size === 1),
  );
  expect(await stack.states()).toEqual({ 'web-1': 'running' });
});

scenario('a limit that somebody changed is set again, among however many containers', async (stack) => {
  await stack.compose(`{services: {web: {${inline}, scale: 21, mem_limit: 64m}}}`);
  await stack.up();
  const before = await stack.runs();
  await keeperOf(stack);
  const { id } = await stack.container('web-13');
  await stack.engine.lifecycle.update(id, { memoryBytes: 50_000_000, memorySwapBytes: 100_000_000 });
  const memory = async () => (await stack.engine.inspectContainer(id)).service.resources.memoryBytes;
  await stack.eventually('it is set again', async () => (await memory()) === 67_108_864);
  expect(touched(before, await stack.runs())).toEqual([]);
});

scenario('down ends what keeps the project, and nothing of it comes back', async (stack) => {
  await stack.compose(`{services: {web: {${inline}}, job: {image: busybox, command: "true"}}}`);
  await stack.up();
  const keeper = await keeperOf(stack);
  await stack.must('down', '-t', '1');
  const { exitCode } = await keeper.outcome;
  const networks = await stack.engine.listNetworks(stack.project);
  expect({ exitCode, states: await stack.states(), networks }).toEqual({
    exitCode: 0,
    states: {},
    networks: [],
  });
});

scenario('with drift reported, what differs is told and left', async (stack) => {
  await stack.compose(`{services: {web: {${inline}}}}`);
  await stack.up();
  const keeper = await keeperOf(stack, '--drift', 'report');
  await stack.engine.removeContainer((await stack.container('web-1')).id, { anonymousVolumes: 'remove' });
  await keeper.says('differs, and is left: create container app-web-1');
  expect(await stack.states()).toEqual({});
});

/** Ends the container from within: nobody has asked the engine for it. */
const die = { command: ['sh', '-c', 'kill -9 $(pidof sleep)'], isPrivileged: false, environment: new Map() };
