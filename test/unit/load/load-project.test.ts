import { describe, expect, test } from 'vitest';
import { loadProject } from '../../../src/load/load-project.js';
import { emptyBuild } from '../../../src/model/empty-build.js';
import { emptyService } from '../../../src/model/empty-service.js';
import type { Project } from '../../../src/model/project.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';

interface Given {
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly request?: Parameters<typeof loadRequest>[0];
}

async function load(
  text: string,
  { files = {}, environment = {}, request = {} }: Given = {},
): Promise<Project> {
  const io = memoryLoadIo({ files: { 'compose.yaml': text, ...files }, environment });
  const result = await loadProject(loadRequest(request), io);
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.project;
}

async function web(service: string, rest = ''): Promise<unknown> {
  const project = await load(`services: {web: ${service}}\n${rest}`);
  return project.services.get('web');
}

const onDefaultNetwork = {
  networks: new Map([['default', { aliases: [], linkLocalIps: [], driverOptions: new Map(), priority: 0 }]]),
};

describe('a service', () => {
  test('with nothing but an image has the defaults of every field', async () => {
    expect(await web('{image: x}')).toEqual({ ...emptyService('web', 'x'), ...onDefaultNetwork });
  });

  test('that is built is called after the project', async () => {
    expect(await web('{build: {context: ., args: [A=1], target: t}}')).toEqual({
      ...emptyService('web', 'project-web'),
      ...onDefaultNetwork,
      build: {
        ...emptyBuild('/project'),
        dockerfile: 'Dockerfile',
        args: new Map([['A', '1']]),
        target: 't',
      },
    });
  });

  test('has durations in milliseconds and sizes in bytes', async () => {
    const service =
      '{image: x, stop_grace_period: 1m30s, shm_size: 64m, mem_limit: 1g, memswap_limit: -1, cpus: 0.5}';
    expect(await web(service)).toEqual({
      ...emptyService('web', 'x'),
      ...onDefaultNetwork,
      stopGracePeriodMs: 90_000,
      shmSizeBytes: 67_108_864,
      resources: {
        ulimits: new Map(),
        deviceRequests: [],
        memoryBytes: 1_073_741_824,
        memorySwapBytes: -1,
        cpus: 0.5,
      },
    });
  });

  test('takes limits and restart policy of deploy first', async () => {
    const deploy =
      '{replicas: 2, resources: {limits: {cpus: "2", pids: 5}, reservations: {memory: 1m}}, restart_policy: {condition: on-failure, max_attempts: 3}}';
    expect(await web(`{image: x, restart: always, deploy: ${deploy}}`)).toEqual({
      ...emptyService('web', 'x'),
      ...onDefaultNetwork,
      replicas: 2,
      restart: { policy: 'on-failure', maxRetries: 3 },
      resources: {
        ulimits: new Map(),
        deviceRequests: [],
        cpus: 2,
        pidsLimit: 5,
        memoryReservationBytes: 1_048_576,
      },
    });
  });

  test('has mounts grants and devices in full', async () => {
    const service =
      '{image: x, volumes: ["vol:/v:ro", "./b:/b"], tmpfs: "/t:size=1m", configs: [c], secrets: [{source: s, target: t, mode: 0400}], devices: ["/dev/a"]}';
    const rest = 'volumes: {vol: }\nconfigs: {c: {content: hi}}\nsecrets: {s: {file: ./s}}\n';
    expect(await web(service, rest)).toEqual({
      ...emptyService('web', 'x'),
      ...onDefaultNetwork,
      mounts: [
        {
          type: 'volume',
          source: 'vol',
          target: '/v',
          isReadOnly: true,
          volume: { nocopy: false, labels: new Map() },
        },
        {
          type: 'bind',
          source: '/project/b',
          target: '/b',
          isReadOnly: false,
          bind: { createHostPath: true },
        },
      ],
      tmpfs: new Map([['/t', 'size=1m']]),
      configs: [{ source: 'c', target: '/c' }],
      secrets: [{ source: 's', target: '/run/secrets/t', mode: 0o400 }],
      devices: [{ source: '/dev/a', target: '/dev/a', permissions: 'rwm' }],
    });
  });

  test('has ports exposed ranges and hosts in full', async () => {
    const service =
      '{image: x, ports: ["127.0.0.1:80:8080/udp"], expose: ["90-91", "53/udp"], extra_hosts: ["h=::1"], network_mode: host}';
    expect(await web(service)).toEqual({
      ...emptyService('web', 'x'),
      networkMode: { kind: 'word', word: 'host' },
      ports: [{ target: 8080, published: '80', hostIp: '127.0.0.1', protocol: 'udp' }],
      expose: ['90/tcp', '91/tcp', '53/udp'],
      extraHosts: ['h:::1'],
    });
  });
});

describe('a project', () => {
  test('keeps services that no profile enables apart', async () => {
    const project = await load('services: {web: {image: x}, db: {image: y, profiles: [data]}}');
    expect([[...project.services.keys()], [...project.inactiveServices.keys()]]).toEqual([['web'], ['db']]);
  });

  test('activates the profiles of a service that is named', async () => {
    const project = await load('services: {web: {image: x}, db: {image: y, profiles: [data]}}', {
      request: { services: ['db'] },
    });
    expect([...project.services.keys()]).toEqual(['db']);
  });

  test('knows the content or the digest of configs and secrets', async () => {
    const text =
      'services: {web: {image: x, configs: [a, b, c]}}\nconfigs: {a: {content: inline}, b: {environment: B}, c: {file: ./c}}';
    const project = await load(text, { files: { c: 'hello' }, environment: { B: 'from shell' } });
    expect([...project.configs.values()].map(({ source }) => source)).toEqual([
      { kind: 'inline', content: 'inline' },
      { kind: 'environment', variable: 'B', content: 'from shell' },
      {
        kind: 'file',
        path: '/project/c',
        digest: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      },
    ]);
  });

  test('tells where a value was written, whatever moved it', async () => {
    const text = 'x-env: &env\n  A: one\nservices:\n  web:\n    image: x\n    environment: *env\n';
    const project = await load(text);
    expect(project.origins.spanOf(['services', 'web', 'environment', 'A'])).toEqual({
      file: '/project/compose.yaml',
      line: 2,
      column: 6,
      length: 3,
    });
  });

  test('warns of keys that have no effect', async () => {
    const io = memoryLoadIo({
      files: { 'compose.yaml': 'services: {web: {image: x, credential_spec: {file: spec.json}}}' },
    });
    const result = await loadProject(loadRequest(), io);
    expect(result.ok && result.warnings.map(({ code, path }) => [code, path])).toEqual([
      ['config/unsupported', ['services', 'web', 'credential_spec']],
    ]);
  });
});

describe('files and variables', () => {
  const image = (project: Project) => project.services.get('web')?.image;
  const text = 'services: {web: {image: "x:${TAG-none}"}}';

  test('the shell wins over .env', async () => {
    const project = await load(text, { files: { '.env': 'TAG=file' }, environment: { TAG: 'shell' } });
    expect(image(project)).toBe('x:shell');
  });

  test('--env-file replaces .env, and the later one wins', async () => {
    const files = { '.env': 'TAG=dot', a: 'TAG=a', b: 'TAG=b' };
    const project = await load(text, { files, request: { envFiles: ['a', 'b'] } });
    expect([image(project), project.environmentFiles]).toEqual(['x:b', ['/project/a', '/project/b']]);
  });

  test('COMPOSE_FILE names the files when -f does not', async () => {
    const files = { 'other.yaml': 'services: {web: {image: other}}' };
    const project = await load(text, { files, environment: { COMPOSE_FILE: 'other.yaml' } });
    expect(project.configFiles).toEqual(['/project/other.yaml']);
  });

  test('the override file next to a default file is added', async () => {
    const project = await load(text, { files: { 'compose.override.yaml': 'services: {web: {image: y}}' } });
    expect(project.configFiles).toEqual(['/project/compose.yaml', '/project/compose.override.yaml']);
  });

  test('the name comes from -p, then the variable, then the file, then the directory', async () => {
    const named = `name: From File\n${text}`;
    const names = await Promise.all([
      load(named, { request: { projectName: 'flag' }, environment: { COMPOSE_PROJECT_NAME: 'variable' } }),
      load(named, { environment: { COMPOSE_PROJECT_NAME: 'variable' } }),
      load(named),
      load(text),
    ]);
    expect(names.map(({ name }) => name)).toEqual(['flag', 'variable', 'fromfile', 'project']);
  });

  test('an env file of a service stands below its environment', async () => {
    const service = 'services: {web: {image: x, env_file: e, environment: {A: own, B: }}}';
    const project = await load(service, { files: { e: 'A=file\nB=file\nC=${A}' } });
    expect(project.services.get('web')?.environment).toEqual(
      new Map([
        ['A', 'own'],
        ['B', null],
        ['C', 'own'],
      ]),
    );
  });
});
