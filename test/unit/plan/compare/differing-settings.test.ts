import { describe, expect, test } from 'vitest';
import { up } from '../../../../src/compose.js';
import { MemoryEngine } from '../../../../src/engine/memory/memory-engine.js';
import { observe, observeDetails } from '../../../../src/engine/observe.js';
import { loadProject } from '../../../../src/load/load-project.js';
import type { ObservedImage } from '../../../../src/model/observed.js';
import type { Project } from '../../../../src/model/project.js';
import { differingSettings } from '../../../../src/plan/compare/differing-settings.js';
import { ContainerIndex } from '../../../../src/plan/container/container-index.js';
import { defaultUpPolicy } from '../../../../src/plan/policy.js';
import { loadRequest, memoryLoadIo } from '../../../support/memory-load-io.js';
import { sessionOn } from '../../../support/session.js';

const image: Partial<ObservedImage> = {
  volumes: ['/of-image'],
  labels: new Map([['maker', 'us']]),
  defaults: {
    environment: new Map([
      ['PATH', '/bin'],
      ['LANG', 'C'],
    ]),
    command: ['serve'],
    entrypoint: ['/start'],
    workingDir: '/srv',
    user: 'app',
    stopSignal: 'SIGQUIT',
    exposedPorts: ['80/tcp'],
    healthcheck: { test: ['CMD', 'ok'], retries: 3 },
  },
};

const files = { 'token.txt': 'one', 'token2.txt': 'two' };

/** A service in flow style, and the sections beside it. */
async function load(service: string): Promise<Project> {
  const text = `
name: app
services:
  web: ${service}
  db: {image: web:1}
  other: {image: web:1}
networks: {back: {}, front: {}}
volumes: {data: {}, data2: {}}
secrets: {filed: {file: ./token.txt}, filed2: {file: ./token2.txt}, known: {environment: TOKEN}}
`;
  const result = await loadProject(
    loadRequest(),
    memoryLoadIo({ files: { ...files, 'compose.yaml': text }, environment: { TOKEN: 'x' } }),
  );
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.project;
}

/** Fields in which a container that was made from one service differs from another. */
async function differences(
  made: string,
  wanted: string,
  rebuilt: Partial<ObservedImage> = {},
): Promise<string[]> {
  const engine = new MemoryEngine({ images: [['web:1', image], 'web:2'] });
  const project = await load(made);
  await up(project, defaultUpPolicy, sessionOn(engine));
  const observed = await observe(engine, project);
  const all = await observeDetails(engine, observed, new Set(observed.containers.map(({ id }) => id)));
  const container = all.containers.find(({ service }) => service === 'web');
  const desiredProject = await load(wanted);
  const service = desiredProject.services.get('web');
  if (container === undefined || service === undefined) throw new Error('there is no web');
  const imageNow = all.images.get('web:1');
  const desired = {
    service,
    project: desiredProject,
    image: imageNow === undefined ? undefined : { ...imageNow, ...rebuilt },
    fields: [],
    fingerprint: new Map(),
  };
  return differingSettings(container, desired, new ContainerIndex(all));
}

const web = (attributes: string) => `{image: web:1, ${attributes}}`;

describe('a container without a fingerprint is compared by what the engine tells of it', () => {
  test.each([
    ['nothing', ''],
    ['an environment', 'environment: {MODE: one, LANG: null}'],
    ['an entrypoint that drops the command of the image', 'entrypoint: [/other]'],
    ['an empty entrypoint', 'entrypoint: []'],
    ['a health check that keeps the test of the image', 'healthcheck: {interval: 5s}'],
    ['limits', 'mem_limit: 64m, cpus: 0.5, ulimits: {nofile: 100}, pids_limit: 5'],
    ['swap without a limit', 'mem_limit: 64m, memswap_limit: -1'],
    ['capabilities', 'cap_add: [net_admin, CAP_SYS_TIME]'],
    ['ports', 'ports: ["8080:80", "127.0.0.1::81/udp"], expose: [90]'],
    ['networks', 'networks: {back: {aliases: [www], ipv4_address: 10.0.0.9}, front: {priority: 4}}'],
    ['an address', 'mac_address: "02:00:00:00:00:01"'],
    ['mounts', 'volumes: ["data:/data:ro", "./src:/src", "/anonymous"], tmpfs: /tmp'],
    ['a volume where the image has one', 'volumes: ["data:/of-image"]'],
    ['secrets', 'secrets: [filed, known]'],
    ['the namespaces of another service', 'network_mode: "service:db", pid: "service:db", ipc: "service:db"'],
    ['the network of the host', 'network_mode: host'],
    ['no network', 'network_mode: none'],
    ['links', 'links: ["db:database"], external_links: ["far:near"]'],
    ['volumes of another service', 'volumes_from: ["db:ro", "container:db-x"]'],
    ['a name', 'container_name: mine, hostname: here'],
    ['a grace period below a second', 'stop_grace_period: 1500ms'],
    ['logging without a driver', 'logging: {options: {max-size: 1m}}'],
    ['devices', 'devices: ["/dev/null:/dev/nothing"], gpus: all'],
  ])('%s: no difference to what it was made from', async (_, attributes) => {
    expect(await differences(web(attributes), web(attributes))).toEqual([]);
  });

  test('what a tool writes on an image that it builds again: no difference', async () => {
    const labels = new Map([
      ['maker', 'us'],
      ['com.docker.compose.version', 'another'],
      ['com.docker.compose.tscompose.build-inputs', '1 {}'],
    ]);
    expect(await differences(web(''), web(''), { labels })).toEqual([]);
  });

  test.each([
    ['', 'environment: {MODE: one}', ['environment.MODE']],
    ['environment: {MODE: one}', '', ['environment.MODE']],
    ['environment: {MODE: one}', 'environment: {MODE: two}', ['environment.MODE']],
    ['', 'environment: {LANG: null}', ['environment.LANG']],
    ['command: run', '', ['command']],
    ['', 'command: run', ['command']],
    ['', 'entrypoint: [/other]', ['command', 'entrypoint']],
    ['', 'user: root', ['user']],
    ['user: root', '', ['user']],
    ['working_dir: /w', '', ['working_dir']],
    ['', 'stop_signal: SIGINT', ['stop_signal']],
    ['labels: {team: red}', '', ['labels.team']],
    ['', 'labels: {maker: them}', ['labels.maker']],
    ['', 'healthcheck: {retries: 5}', ['healthcheck']],
    ['healthcheck: {disable: true}', '', ['healthcheck']],
    ['mem_limit: 64m', '', ['mem_limit']],
    ['', 'memswap_limit: 128m, mem_limit: 64m', ['mem_limit', 'memswap_limit']],
    ['cpus: 1', 'cpus: 2', ['cpus']],
    ['ulimits: {nofile: 100}', '', ['ulimits.nofile']],
    ['cap_add: [NET_ADMIN]', 'cap_add: [SYS_TIME]', ['cap_add']],
    ['ports: ["8080:80"]', 'ports: ["8081:80"]', ['ports']],
    ['ports: ["8080:80"]', '', ['ports']],
    ['expose: [90]', '', ['expose']],
    ['networks: [back]', 'networks: [front]', ['networks.app_front', 'networks.app_back']],
    ['networks: {back: {aliases: [www]}}', 'networks: {back: {}}', ['networks.app_back']],
    ['', 'network_mode: host', ['network_mode', 'networks.app_default']],
    ['network_mode: "service:db"', 'network_mode: "service:other"', ['network_mode']],
    ['volumes: ["data:/data"]', 'volumes: ["data2:/data"]', ['volumes']],
    ['volumes: ["data:/data"]', 'volumes: ["data:/data:ro"]', ['volumes']],
    ['volumes: ["data:/data"]', '', ['volumes']],
    ['', 'volumes: ["data:/of-image"]', ['volumes']],
    ['secrets: [filed]', 'secrets: [{source: filed2, target: filed}]', ['secrets./run/secrets/filed']],
    ['secrets: [filed]', '', ['volumes']],
    ['links: ["db:database"]', 'links: ["db:store"]', ['links']],
    ['container_name: mine', '', ['container_name']],
    ['hostname: here', '', ['hostname']],
    ['restart: always', '', ['restart']],
    ['', 'logging: {driver: journald}', ['logging']],
    ['privileged: true', '', ['privileged']],
    ['read_only: true', '', ['read_only']],
    ['tmpfs: /tmp', '', ['tmpfs']],
    ['sysctls: {a.b: 1}', 'sysctls: {a.b: 2}', ['sysctls.a.b']],
    ['dns: 10.0.0.1', 'dns: 10.0.0.2', ['dns']],
    ['', 'init: true', ['init']],
    ['', 'ipc: host', ['ipc']],
    ['', 'shm_size: 1g', ['shm_size']],
  ])('made with "%s" and wanted with "%s": differs in %j', async (made, wanted, ids) => {
    expect((await differences(web(made), web(wanted))).sort()).toEqual([...ids].sort());
  });
});
