import { expect, test } from 'vitest';
import type { LoadIo, LoadRequest } from '../../../../src/load/load-io.js';
import { loadModel } from '../../../../src/load/load-model.js';
import { renderConfig } from '../../../../src/load/render-config.js';
import type { Instances } from '../../../../src/model/instance.js';
import { MemoryInstances } from '../../../support/memory-instances.js';
import { loadRequest, type MemoryFiles, memoryLoadIo } from '../../../support/memory-load-io.js';

/** What `config` says of an instance of a file, or what is wrong. */
async function configOf(
  text: string,
  world: Partial<MemoryFiles & Pick<LoadIo, 'instances'> & Pick<LoadRequest, 'instance'>> = {},
): Promise<string> {
  const { instances = new MemoryInstances(), instance = 'login', files = {}, ...more } = world;
  const io = memoryLoadIo({ ...more, files: { 'compose.yaml': text, ...files } });
  const request = loadRequest({ keepUnusedResources: true, instance, ...more });
  const result = await loadModel({ ...request, files: [] }, { ...io, instances });
  if (!result.ok) return result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n');
  const warnings = result.warnings.map(({ code, message }) => `# ${code} ${message}\n`).join('');
  return `${warnings}${renderConfig(result.model, 'yaml')}`;
}

const app = `
name: app
services:
  web:
    image: registry.test/web:dev
    build: {context: ., tags: [web:next], additional_contexts: {base: docker-image://web:next}}
    container_name: front
    ports: ["8080:80", "8080:80/udp", "127.0.0.1:8443:443", "9000-9002:9000", "3000"]
  worker:
    image: registry.test/web:dev
    environment: {TSCOMPOSE_PORT_WEB_443: mine}
    volumes: ["data:/data", "shared:/shared"]
    networks: [back, world]
volumes:
  data: {name: files}
  more:
  shared: {external: true, name: common}
networks:
  back: {name: backbone}
  world: {external: true}
`;

test('an instance has names, tags and ports of its own, and shares what others own', async () => {
  expect(await configOf(app)).toMatchInlineSnapshot(`
    "name: app--login
    services:
      web:
        build:
          context: /project
          dockerfile: Dockerfile
          additional_contexts:
            base: docker-image://web:next--login
          tags:
            - web:next--login
        container_name: front--login
        environment:
          TSCOMPOSE_PORT_WEB_80: "20000"
          TSCOMPOSE_PORT_WEB_443: "20001"
        image: registry.test/web:dev--login
        networks:
          default: null
        ports:
          - mode: ingress
            target: 80
            published: "20000"
            protocol: tcp
          - mode: ingress
            target: 80
            published: "20000"
            protocol: udp
          - mode: ingress
            host_ip: 127.0.0.1
            target: 443
            published: "20001"
            protocol: tcp
          - mode: ingress
            target: 9000
            published: 20002-20004
            protocol: tcp
          - mode: ingress
            target: 3000
            protocol: tcp
        pull_policy: never
      worker:
        environment:
          TSCOMPOSE_PORT_WEB_80: "20000"
          TSCOMPOSE_PORT_WEB_443: mine
        image: registry.test/web:dev--login
        networks:
          back: null
          world: null
        pull_policy: never
        volumes:
          - type: volume
            source: data
            target: /data
            volume: {}
          - type: volume
            source: shared
            target: /shared
            volume: {}
    networks:
      back:
        name: backbone--login
      default:
        name: app--login_default
      world:
        name: world
        external: true
    volumes:
      data:
        name: files--login
      more:
        name: app--login_more
      shared:
        name: common
        external: true
    "
  `);
});

test('hyphens of the name of an instance are doubled, so that none is the beginning of another', async () => {
  expect(
    await configOf('name: app\nservices: {web: {image: busybox}}', { instance: 'a-b' }),
  ).toMatchInlineSnapshot(`
    "name: app--a--b
    services:
      web:
        image: busybox
        networks:
          default: null
    networks:
      default:
        name: app--a--b_default
    "
  `);
});

test('the variable asks for an instance where no flag does, also in .env', async () => {
  const files = { '.env': 'TSCOMPOSE_INSTANCE=blue\n' };
  expect(
    await configOf('name: app\nservices: {web: {image: "busybox:${TSCOMPOSE_INSTANCE}"}}', {
      instance: '',
      files,
    }),
  ).toMatchInlineSnapshot(`
    "name: app--blue
    services:
      web:
        image: busybox:blue
        networks:
          default: null
    networks:
      default:
        name: app--blue_default
    "
  `);
});

test('auto is named after the work tree, whose .git may be far above, and of which no other path has the name', async () => {
  const files = {
    '/trees/one/.git': 'gitdir: x',
    '/trees/one/deep/compose.yaml': app,
    '/trees/two/compose.yaml': app,
  };
  const io = { ...memoryLoadIo({ files }), instances: new MemoryInstances() };
  const names = Object.keys(files)
    .slice(1)
    .map(async (file) => {
      const result = await loadModel(loadRequest({ files: [file], instance: 'auto' }), io);
      return result.ok ? result.model.source.name : result.diagnostics;
    });
  expect(await Promise.all(names)).toMatchInlineSnapshot(`
    [
      "app--one--483bab35",
      "app--two--36f29c2b",
    ]
  `);
});

test('ports are known by their variables in the files, by whatever rule they are used', async () => {
  const text = `
name: app
services:
  db:
    image: busybox
    ports: ["\${TSCOMPOSE_PORT_DB_5432:-5432}:5432"]
  web:
    image: busybox
    environment: {DB: "localhost:\${TSCOMPOSE_PORT_DB_5432:?}", NONE: "\${TSCOMPOSE_PORT_DB_1:-none}"}
    ports: ["\${TSCOMPOSE_PORT_WEB_80}:80"]
`;
  expect(await configOf(text)).toMatchInlineSnapshot(`
    "name: app--login
    services:
      db:
        environment:
          TSCOMPOSE_PORT_DB_5432: "20000"
          TSCOMPOSE_PORT_WEB_80: "20001"
        image: busybox
        networks:
          default: null
        ports:
          - mode: ingress
            target: 5432
            published: "20000"
            protocol: tcp
      web:
        environment:
          DB: localhost:20000
          NONE: none
          TSCOMPOSE_PORT_DB_5432: "20000"
          TSCOMPOSE_PORT_WEB_80: "20001"
        image: busybox
        networks:
          default: null
        ports:
          - mode: ingress
            target: 80
            published: "20001"
            protocol: tcp
    networks:
      default:
        name: app--login_default
    "
  `);
});

test('ports that depend on ports in a circle are refused', async () => {
  const text = `
name: app
services:
  db:
    image: busybox
    ports: ["80:\${TSCOMPOSE_PORT_DB_80:-80}"]
`;
  expect(await configOf(text)).toMatchInlineSnapshot(
    `"instance/invalid what host ports there are depends on what host ports there are"`,
  );
});

test('what all instances would want for themselves is told', async () => {
  const text = `
name: app
services: {web: {image: busybox, network_mode: host}}
networks: {back: {ipam: {config: [{subnet: 172.28.0.0/16}]}}}
volumes: {data: {driver_opts: {type: none, o: bind, device: /srv/data}}}
`;
  expect((await configOf(text)).split('\n').filter((line) => line.startsWith('#'))).toMatchInlineSnapshot(`
    [
      "# instance/shared service "web" is in the network of the host: its ports are the same in every instance",
      "# instance/shared network "back" has the subnet 172.28.0.0/16, which only one instance can have at a time",
      "# instance/shared volume "data" is on /srv/data, which all instances have in common",
    ]
  `);
});

test.each([
  ['containers', 'services: {web: {image: a, container_name: xx}, db: {image: a, container_name: xx--y}}'],
  ['containers of the project', 'services: {web: {image: a, container_name: app--y}}'],
  ['containers of a service', 'services: {"-x": {image: a}}'],
  ['volumes', 'services: {web: {image: a}}\nvolumes: {a: {name: data}, b: {external: true, name: data--x}}'],
  ['networks', 'services: {web: {image: a}}\nnetworks: {a: {name: n}, b: {name: n--x}}'],
  ['images', 'services: {web: {image: "a:dev", build: .}, db: {image: "a:dev--x"}}'],
])('a project whose names could be those of an instance has none: %s', async (_what, text) => {
  expect(await configOf(`name: app\n${text}`)).toMatch(/^instance\/invalid an instance may have a /);
});

test.each(['Login', 'feature/login', 'a--b', '-', 'x'.repeat(41)])(
  '%s is no name of an instance',
  async (instance) => {
    expect(await configOf(app, { instance })).toMatch(/^instance\/invalid invalid instance name/);
  },
);

test('an instance of another directory is refused with both', async () => {
  const instances: Instances = { claim: async () => ({ kind: 'elsewhere', directory: '/other' }) };
  expect(await configOf(app, { instances })).toMatchInlineSnapshot(
    `"instance/elsewhere instance "login" of project "app" belongs to /other, and this is /project"`,
  );
});

test('a port that somebody has taken is told with the one that is there now', async () => {
  const replaced = [{ key: 'web 80', port: 20_000, holder: 'container x of project y' }];
  const ports = new Map([['web 80', 20_007]]);
  const instances: Instances = {
    claim: async () => ({ kind: 'granted', ports, replaced, forgottenBecause: undefined }),
  };
  const text = 'name: app\nservices: {web: {image: busybox, ports: ["8080:80"]}}';
  expect((await configOf(text, { instances })).split('\n')[0]).toMatchInlineSnapshot(
    `"# instance/port port 20000 of this instance (service "web", 80) was taken by container x of project y; it is 20007 from now on"`,
  );
});
