import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const webAndApi = `
services:
  web: { image: "busybox:latest", command: sleep 600, init: true, mem_limit: 32m, restart: always }
  api: { image: "busybox:latest", command: sleep 600, init: true }
`;

scenario('limits that somebody changed are set again while the container runs', async (app) => {
  await app.compose(webAndApi);
  await app.up();
  const { id } = await app.container('web-1');
  const before = await app.runs();
  const limits = { memoryBytes: 2 ** 26, memorySwapBytes: 2 ** 27, restart: { policy: 'no' } };
  await app.engine.lifecycle.update(id, limits);
  const planned = await app.run('plan');
  await app.up();
  const { service } = await app.engine.inspectContainer(id);
  expect({
    planned: planned.stdout,
    memoryBytes: service.resources.memoryBytes,
    restart: service.restart,
    runs: await app.runs(),
    left: (await app.run('plan')).exitCode,
  }).toEqual({
    planned: `#1 update limits of container app-web-1    somebody changed: mem_limit, restart
     mem_limit: 67108864 → 33554432  (compose.yaml:3:78)
     restart: no → always  (compose.yaml:3:92)
`,
    memoryBytes: 2 ** 25,
    restart: { policy: 'always' },
    runs: before,
    left: 0,
  });
});

scenario('what somebody stopped or killed, and what ended by itself, is told apart', async (app) => {
  await app.compose(`${webAndApi}  job: { image: "busybox:latest", command: "false" }\n`);
  await app.up();
  await app.eventually('it has ended', (all) => all.some(({ state }) => state === 'exited'));
  await app.engine.stopContainer((await app.container('web-1')).id, {});
  await app.engine.killContainer((await app.container('api-1')).id, 'SIGKILL');
  const { stdout } = await app.run('plan');
  expect(stdout.replaceAll(/ {2,}/g, '  ')).toBe(`#1 start container app-api-1  somebody stopped it (137)
#2 start container app-job-1  is exited (1)
#3 start container app-web-1  somebody stopped it (143)
`);
});

scenario('a container that somebody renamed gets its name back while it runs', async (app) => {
  await app.compose(webAndApi);
  await app.up();
  const { id } = await app.container('web-1');
  const before = await app.runs();
  await app.engine.renameContainer(id, `${app.project}-mine`);
  const planned = await app.run('plan');
  await app.up();
  expect({ planned: planned.stdout, runs: await app.runs() }).toEqual({
    planned: '#1 rename container to app-web-1    somebody renamed it to app-mine\n',
    runs: before,
  });
});

scenario(
  'who shares the network of a container that starts again is on the new one afterwards',
  async (app) => {
    await app.compose(`
services:
  web: { image: "busybox:latest", command: sleep 600, init: true }
  side: { image: "busybox:latest", command: sleep 600, init: true, network_mode: "service:web" }
`);
    await app.up();
    await app.engine.stopContainer((await app.container('web-1')).id, {});
    await app.up();
    const namespaces = await Promise.all(
      ['web', 'side'].map((service) =>
        app.must('exec', '-T', service, 'ip', '-o', '-4', 'addr', 'show', 'eth0'),
      ),
    );
    expect([namespaces[0] !== '', namespaces[1]]).toEqual([true, namespaces[0]]);
  },
);

scenario('who was left behind by a recreation of what it shares is found by the next up', async (app) => {
  await app.compose(`
services:
  web: { image: "busybox:latest", command: sleep 600, init: true }
  side: { image: "busybox:latest", command: sleep 600, init: true, pid: "service:web" }
`);
  await app.up();
  await app.must('up', '-d', '--force-recreate', 'web');
  await app.up();
  const [web, side] = [await app.container('web-1'), await app.container('side-1')];
  const { service } = await app.engine.inspectContainer(side.id);
  expect({ pid: service.pid, state: side.state }).toEqual({
    pid: { kind: 'container', container: web.id },
    state: 'running',
  });
});
