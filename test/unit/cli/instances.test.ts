import { expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { ownLabel } from '../../../src/model/labels.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

const files = {
  'compose.yaml': `name: app
services:
  web:
    image: busybox
    ports: ["8080:80"]
    volumes: ["data:/data"]
volumes: {data: }
`,
};

/** One command line after the other, on one engine. Gives what the last one has written. */
async function outputOf(
  lines: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  engine = engineOf(),
) {
  let written = { stdout: '', stderr: '' };
  for (const line of lines) {
    const io = fakeCliIo({ files, environment }, engine);
    await main(line.split(' '), io);
    written = io.written;
  }
  return written;
}

function engineOf(): MemoryEngine {
  return new MemoryEngine({ images: ['busybox'] });
}

test.each([
  ['the flag', ['--instance login up -d', '--instance login ps -q --no-trunc'], {}],
  ['the variable', ['--instance login up -d', 'ps -q --no-trunc'], { TSCOMPOSE_INSTANCE: 'login' }],
  [
    'the name of the project and the flag',
    ['--instance login up -d', '-p app --instance login ps -q --no-trunc'],
    {},
  ],
  ['the name of the instance as a project', ['--instance login up -d', '-p app--login ps -q --no-trunc'], {}],
])('a command works on the instance by %s', async (_what, lines, environment) => {
  const engine = engineOf();
  const { stdout } = await outputOf(lines, environment, engine);
  const [container] = await engine.listContainers('app--login');
  expect(stdout.trim()).toBe(container?.id);
});

test('all that an instance has carries its label', async () => {
  const engine = engineOf();
  await outputOf(['--instance login up -d'], {}, engine);
  const found = await Promise.all([
    engine.listContainers('app--login'),
    engine.listNetworks('app--login'),
    engine.listVolumes('app--login'),
  ]);
  expect(found.flat().map(({ name, labels }) => [name, labels.get(ownLabel.instance)])).toEqual([
    ['app--login-web-1', 'login'],
    ['app--login_default', 'login'],
    ['app--login_data', 'login'],
  ]);
});

test('down takes away one instance, and neither another one nor the project', async () => {
  const engine = engineOf();
  await outputOf(['up -d', '--instance a up -d', '--instance b up -d', '--instance a down -v'], {}, engine);
  const names = (await engine.looks.listAllContainers()).map(({ name }) => name);
  expect([names, await engine.listVolumes('app--a'), (await engine.listVolumes('app--b')).length]).toEqual([
    ['app--b-web-1', 'app-web-1'],
    [],
    1,
  ]);
});

test('a plan says which instance it is of, and where its ports went', async () => {
  const { stdout } = await outputOf(['--instance login plan']);
  expect(stdout.split('\n').filter((line) => line.startsWith('= instance'))).toEqual([
    '= instance login  of project app: web 80 is on 20000 instead of 8080',
  ]);
});

test('a plan that is carried out later is that of the instance', async () => {
  const { stderr } = await outputOf(['--instance login apply plan.json']);
  expect(stderr).toContain('leave out -f, -p, --instance');
});

test('ports are listed by service with their variables, which only instances have', async () => {
  const engine = engineOf();
  await outputOf(['up -d'], {}, engine);
  const plain = await outputOf(['ports'], {}, engine);
  const own = await outputOf(['--instance login up -d', '--instance login ports web'], {}, engine);
  expect([plain.stdout, own.stdout]).toMatchInlineSnapshot(`
    [
      "SERVICE   CONTAINER   PORT      ADDRESS
    web       app-web-1   80/tcp    0.0.0.0:8080
    ",
      "SERVICE   CONTAINER          PORT      ADDRESS         VARIABLE
    web       app--login-web-1   80/tcp    0.0.0.0:20000   TSCOMPOSE_PORT_WEB_80
    ",
    ]
  `);
});

test('a service that nobody knows has no ports to list', async () => {
  expect((await outputOf(['ports wbe'])).stderr).toContain('wbe');
});
