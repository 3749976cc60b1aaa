import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const compose = `
services:
  web:
    image: busybox
    init: true
    command: [sleep, "600"]
    use_api_socket: true
`;

const loggedIn = JSON.stringify({
  auths: { 'registry.example.com': { auth: Buffer.from('ann:sesame').toString('base64') } },
});

scenario('a service that uses the API socket gets it, with the credentials of the person', async (stack) => {
  await stack.write('docker/config.json', loggedIn);
  await stack.compose(compose);
  const DOCKER_CONFIG = `${stack.folder}/docker`;
  const { exitCode } = await stack.start(['up', '-d'], { DOCKER_CONFIG }).outcome;
  const look =
    'test -S /var/run/docker.sock && echo socket; echo $DOCKER_CONFIG; cat $DOCKER_CONFIG/config.json';
  const [socket, folder, ...config] = (await stack.must('exec', '-T', 'web', 'sh', '-c', look)).split('\n');
  expect({ exitCode, socket, folder, config: JSON.parse(config.join('')) }).toEqual({
    exitCode: 0,
    socket: 'socket',
    folder: '/run/secrets/docker',
    config: JSON.parse(loggedIn),
  });
});

scenario('credentials that change recreate nothing, and stand in no plan and no label', async (stack) => {
  await stack.write('docker/config.json', '{}');
  await stack.compose(compose);
  const DOCKER_CONFIG = `${stack.folder}/docker`;
  const first = await stack.start(['--progress', 'json', 'up', '-d'], { DOCKER_CONFIG }).outcome;
  await stack.write('docker/config.json', loggedIn);
  const { stdout } = await stack.start(['plan', '--json', '--verbose'], { DOCKER_CONFIG }).outcome;
  const { labels } = await stack.container('web-1');
  expect({
    steps: (JSON.parse(stdout) as { steps: unknown[] }).steps,
    leaks: /sesame|YW5uOnNlc2FtZQ/.test(`${first.stderr}${stdout}${[...labels.values()].join()}`),
  }).toEqual({ steps: [], leaks: false });
});
