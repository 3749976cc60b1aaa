import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { freePort } from '../../support/free-port.js';
import { scenario } from '../../support/scenario.js';

scenario('lists and templates show what runs', async (stack) => {
  const port = await freePort();
  await stack.compose(`
services:
  web:
    image: "busybox:latest"
    command: sleep 600
    init: true
    labels: { team: blue }
    ports: ["127.0.0.1:${port}:80"]
    volumes: ["data:/data"]
volumes: { data: {} }
`);
  await stack.up();
  const show = async (...args: string[]) =>
    (await stack.must(...args)).replaceAll(String(port), 'PORT').trim();
  expect({
    ps: await show('ps', '--format', '{{.Name}} {{.Label "team"}} {{.Ports}}'),
    ls: await show('ls', '--filter', `name=^${stack.project}$`, '--format', '{{.Name}} {{.Status}}'),
    top: (await show('top')).split('\n').map((line) => [line.slice(0, 10), line.endsWith('sleep 600')]),
    port: await show('port', 'web', '80'),
    images: await show('images', '--format', '{{.ContainerName}} {{.Repository}}:{{.Tag}}'),
    volumes: await show('volumes', '--format', 'table {{.Name}}\t{{.Driver}}'),
    stats: await show('stats', '--no-stream', '--format', '{{.Name}}'),
  }).toEqual({
    ps: 'app-web-1 blue 127.0.0.1:PORT->80/tcp',
    ls: 'app running(1)',
    top: [
      ['SERVICE  #', false],
      ['web      1', true],
      ['web      1', true],
    ],
    port: '127.0.0.1:PORT',
    images: 'app-web-1 busybox:latest',
    volumes: expect.stringMatching(/^VOLUME NAME +DRIVER\napp_data +local$/),
    stats: 'app-web-1',
  });
});

scenario('events tell what happens, as one JSON document a line, until Ctrl-C', async (stack) => {
  await stack.compose(`
services:
  web: { image: "busybox:latest", command: sleep 600, init: true }
`);
  await stack.must('create');
  const events = stack.start(['events', '--json', '--since', '1m']);
  await events.says('"action":"create"');
  await stack.must('start');
  await events.says('"action":"start"');
  events.signal('SIGINT');
  const { exitCode, stdout } = await events.outcome;
  const seen = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string; service: string; attributes: object })
    .map(({ action, service, attributes }) => [action, service, attributes]);
  const attributes = { image: 'busybox:latest', name: 'app-web-1' };
  expect({ exitCode, seen }).toEqual({
    exitCode: 130,
    seen: [
      ['create', 'web', attributes],
      ['start', 'web', attributes],
    ],
  });
});

scenario('a container can be kept as an archive and as an image, also when it has ended', async (stack) => {
  await stack.compose(`
services:
  job: { image: "busybox:latest", command: sh -c 'echo kept > /kept' }
`);
  await stack.up();
  await stack.eventually('the end of the job', async (all) => all.some(({ state }) => state === 'exited'));
  await stack.must('export', '-o', 'out.tar', 'job');
  const image = `${stack.project}/kept:v1`;
  const { stderr } = await stack.run('commit', 'job', image);
  const found = await stack.engine.findImage(image);
  await stack.engine.images.remove(image);
  const archive = await readFile(join(stack.folder, 'out.tar'), 'latin1');
  expect([archive.includes('kept\n'), stderr]).toEqual([
    true,
    ` Container app-job-1  Committed  as ${found?.id}\n`,
  ]);
});

scenario('export of a service that has no container says so', async (stack) => {
  await stack.compose('services: { web: { image: "busybox:latest" } }');
  const { exitCode, stderr } = await stack.run('export', '-o', 'out.tar', 'web');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr:
      'usage/invalid   no container found for service "web"\n  hint: start the project with "up -d" first\n',
  });
});
