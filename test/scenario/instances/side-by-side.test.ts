import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Outcome, Stack } from '../../support/scenario.js';
import { scenario } from '../../support/scenario.js';
import { guest } from '../../support/scenario-shell.js';

const file = `services:
  db: ${guest('container_name: ${DB_NAME}\n    ports: ["15432:5432"]\n    volumes: ["data:/data"]')}
  web: ${guest('ports: ["127.0.0.1:18080:80", "18080:80/udp"]\n    environment: {URL: "http://localhost:${TSCOMPOSE_PORT_WEB_80:-18080}"}')}
networks: {default: {name: "\${DB_NAME}-net"}}
volumes: {data: {name: "\${DB_NAME}-data"}}
`;

/** The command in an instance of the stack, with what the tests write down in the folder of the stack. */
function inInstance(stack: Stack, name: string, args: readonly string[]): Promise<Outcome> {
  return stack.start(['--instance', name, ...args], worldOf(stack)).outcome;
}

function worldOf(stack: Stack): Record<string, string> {
  return { XDG_STATE_HOME: join(stack.folder, 'state'), DB_NAME: `${stack.project}-db` };
}

/** Whatever comes of `body`, the instances go in the end. */
async function withInstances(
  stack: Stack,
  names: readonly string[],
  body: () => Promise<void>,
): Promise<void> {
  try {
    await body();
  } finally {
    await Promise.all(
      names.map((name) => inInstance(stack, name, ['down', '-v', '--rmi', 'local', '-t', '0'])),
    );
  }
}

/** Everything that one instance has of the engine and of the host. */
async function possessions(stack: Stack, name: string): Promise<string[]> {
  const project = `${stack.project}--${name}`;
  const [containers, networks, volumes] = await Promise.all([
    stack.engine.listContainers(project),
    stack.engine.listNetworks(project),
    stack.engine.listVolumes(project),
  ]);
  const ports = containers.flatMap((container) =>
    container.ports.map(({ published }) => `port ${published}`),
  );
  const named = [...containers, ...networks, ...volumes].map((each) => each.name);
  return [...new Set([...named, ...ports])].sort();
}

async function portsOf(stack: Stack, name: string): Promise<unknown> {
  return JSON.parse((await inInstance(stack, name, ['ports', '--format', 'json'])).stdout);
}

scenario(
  'ten instances of one file run side by side, share nothing, and leave one at a time',
  async (stack) => {
    await stack.compose(file);
    const names = Array.from({ length: 10 }, (_, index) => `i${index}`);
    await withInstances(stack, names, async () => {
      const ups = await Promise.all(names.map((name) => inInstance(stack, name, ['up', '-d'])));
      const before = await Promise.all(names.map((name) => possessions(stack, name)));
      const listed = await stack.start(['ls', '--filter', `name=${stack.project}`, '--format', 'json'])
        .outcome;
      const instances = (JSON.parse(listed.stdout) as { Instance: string; Directory: string }[]).map(
        ({ Instance, Directory }) => [Instance, Directory],
      );
      await inInstance(stack, 'i4', ['down', '-v', '-t', '0']);
      const after = await Promise.all(names.map((name) => possessions(stack, name)));
      expect({
        exitCodes: ups.map(({ exitCode }) => exitCode),
        each: before.map((own) => own.length),
        different: new Set(before.flat()).size,
        instances,
        left: after,
      }).toEqual({
        exitCodes: names.map(() => 0),
        each: names.map(() => 6),
        different: 60,
        instances: names.map((name) => [name, '.']),
        left: before.map((own, index) => (index === 4 ? [] : own)),
      });
    });
  },
  { limitMs: 180_000 },
);

scenario(
  'an instance has the same ports again after down and up, and containers know them',
  async (stack) => {
    await stack.compose(file);
    await withInstances(stack, ['one'], async () => {
      await inInstance(stack, 'one', ['up', '-d']);
      const before = await portsOf(stack, 'one');
      await inInstance(stack, 'one', ['down', '-v', '-t', '0']);
      await inInstance(stack, 'one', ['up', '-d']);
      const script = 'echo $TSCOMPOSE_PORT_DB_5432 $TSCOMPOSE_PORT_WEB_80 $URL';
      const told = await inInstance(stack, 'one', ['exec', '-T', 'web', 'sh', '-c', script]);
      const [db, web] = ['db 5432', 'web 80'].map((words) =>
        inInstance(stack, 'one', ['port', ...words.split(' ')]),
      );
      const [dbPort, webPort] = [await db, await web].map((port) => port?.stdout.trim().split(':').at(-1));
      expect([await portsOf(stack, 'one'), told.stdout.trim()]).toEqual([
        before,
        `${dbPort} ${webPort} http://localhost:${webPort}`,
      ]);
    });
  },
);

scenario('a port that a program took meanwhile is told, and replaced', async (stack) => {
  await stack.compose(`services:\n  web: ${guest('ports: ["18080:80"]')}`);
  await withInstances(stack, ['one'], async () => {
    await inInstance(stack, 'one', ['up', '-d']);
    const [, before = ''] = (await inInstance(stack, 'one', ['port', 'web', '80'])).stdout.trim().split(':');
    await inInstance(stack, 'one', ['down', '-t', '0']);
    const thief = createServer();
    await new Promise<void>((resolve) => thief.listen(Number(before), resolve));
    const { exitCode, stderr } = await inInstance(stack, 'one', ['up', '-d']);
    await new Promise((resolve) => thief.close(resolve));
    const [, after = ''] = (await inInstance(stack, 'one', ['port', 'web', '80'])).stdout.trim().split(':');
    expect([
      exitCode,
      after === before,
      stderr.split('\n')[0]?.replace(before, 'OLD').replace(after, 'NEW'),
    ]).toEqual([
      0,
      false,
      `warning  compose.yaml:6:13  instance/port   port OLD of this instance (service "web", 80) was taken by node (process ${process.pid}); it is NEW from now on`,
    ]);
  });
});

scenario('an instance is that of one directory, and auto is that of the work tree', async (stack) => {
  for (const tree of ['one', 'two']) {
    await stack.write(`${tree}/compose.yaml`, `services:\n  web: ${guest('ports: ["18080:80"]')}`);
    await stack.write(`${tree}/.git`, 'gitdir: ../elsewhere\n');
  }
  const at = (tree: string, name: string, ...args: string[]) =>
    stack.start(['-f', `${tree}/compose.yaml`, '--instance', name, ...args], worldOf(stack)).outcome;
  try {
    const auto = [await at('one', 'auto', 'up', '-d'), await at('two', 'auto', 'up', '-d')];
    const named = [
      await at('one', 'x', 'up', '-d'),
      await at('two', 'x', 'up', '-d'),
      await at('two', 'x', 'down'),
    ];
    const running = (await stack.engine.looks.listAllContainers()).filter(({ name }) =>
      name.startsWith(stack.project),
    );
    expect({
      exitCodes: [...auto, ...named].map(({ exitCode }) => exitCode),
      refusal: named[1]?.stderr.split('\n')[0],
      running: running.length,
    }).toEqual({
      exitCodes: [0, 0, 0, 1, 1],
      refusal: 'instance/elsewhere   instance "x" of project "app" belongs to ./one, and this is ./two',
      running: 3,
    });
  } finally {
    for (const [tree, name] of [
      ['one', 'auto'],
      ['two', 'auto'],
      ['one', 'x'],
    ] as const)
      await at(tree, name, 'down', '-t', '0');
  }
});

scenario(
  'an image that an instance builds is its own, and the project itself keeps its one',
  async (stack) => {
    const image = `${stack.project}/web:dev`;
    await stack.compose(`services:
  web:
    image: ${image}
    build: {context: ., dockerfile_inline: "FROM busybox\\nRUN echo \${TSCOMPOSE_INSTANCE:-none} > /who\\n"}
    command: sleep 600
    init: true
`);
    await withInstances(stack, ['one'], async () => {
      await stack.up('--build');
      await inInstance(stack, 'one', ['up', '-d', '--build']);
      const who = ['exec', '-T', 'web', 'cat', '/who'];
      const answers = [await stack.must(...who), (await inInstance(stack, 'one', who)).stdout];
      await inInstance(stack, 'one', ['down', '--rmi', 'local', '-t', '0']);
      expect([answers, (await stack.engine.looks.findImageFacts(image)) === undefined]).toEqual([
        ['none\n', 'one\n'],
        false,
      ]);
    });
  },
);
