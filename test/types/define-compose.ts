import { defineCompose } from '../../src/define/define-compose.js';
import type { ComposeFile } from '../../src/model/compose-file.js';

// Checked by `npm run types`: what compiles here must go on to compile, and what is expected to be an error to be one.
// What the compiler says then is held by test/golden/types.test.ts.

export const everyForm = defineCompose({
  name: 'shop',
  services: {
    web: {
      image: 'nginx',
      build: { context: '.', secrets: ['token', { source: 'token', target: 'npm' }] },
      depends_on: { db: { condition: 'service_healthy' }, cache: { condition: 'service_started' } },
      networks: { front: { aliases: ['www'] }, default: null },
      volumes: [
        'data:/var/lib/data:ro',
        './site:/srv',
        '../shared:/shared',
        '/etc/localtime:/etc/localtime',
        '~/cache:/cache',
        '/anonymous',
        'C:\\site:/srv',
        { type: 'volume', source: 'data', target: '/data' },
        { type: 'volume', target: '/unnamed' },
        { type: 'bind', source: process.env.SITE ?? '.', target: '/site' },
        { type: 'tmpfs', target: '/tmp', tmpfs: { size: '64m' } },
      ],
      secrets: ['token', { source: 'token', target: 'token.txt', mode: 0o400 }],
      configs: ['motd'],
      models: ['llm'],
      links: ['db', 'db:database'],
      ports: ['80:80', 81, { target: 82, published: '8082' }],
      environment: { A: 1, B: true, C: null, D: 'text' },
      labels: ['a=b'],
      'x-mine': { anything: [1] },
    },
    db: { image: 'postgres', networks: ['default'], volumes_from: ['web', 'web:ro', 'container:other'] },
    cache: { extends: 'db', network_mode: 'service:db', pid: 'service:db', ipc: 'host' },
    job: { extends: { service: 'base', file: 'base.yaml' }, models: { llm: { endpoint_var: 'LLM' } } },
  },
  networks: { front: { driver: 'bridge' } },
  volumes: { data: null },
  secrets: { token: { environment: 'TOKEN' } },
  configs: { motd: { content: 'hello' } },
  models: { llm: { model: 'ai/model' } },
  'x-shared': {},
});

export const ofContext = defineCompose(({ env, instance }) => ({
  services: {
    web: { image: `nginx:${env.TAG ?? 'latest'}`, depends_on: ['db'], hostname: instance ?? 'web' },
    db: { image: 'postgres', volumes: ['data:/var/lib/postgresql'] },
  },
  volumes: { data: {} },
}));

const shared = { image: 'nginx', ports: ['80:80'], cap_add: ['NET_ADMIN'] } as const;

export const shares = defineCompose({ services: { web: { ...shared, init: true } } });

export const namesOfOtherFiles = defineCompose({
  include: ['database.yaml'],
  services: { web: { image: 'nginx', depends_on: ['db'], networks: ['back'], volumes: ['data:/data'] } },
});

export const partOfOthers = {
  services: { web: { depends_on: ['db'], networks: ['front'] } },
} satisfies ComposeFile;

export const takenAsAFile: ComposeFile = typeof everyForm === 'function' ? {} : everyForm;

export const unknownNames = defineCompose({
  services: {
    // @ts-expect-error: no such service
    a: { image: 'nginx', depends_on: ['z'] },
    // @ts-expect-error: no such service
    b: { image: 'nginx', depends_on: { z: { condition: 'service_started' } } },
    // @ts-expect-error: no such network
    c: { image: 'nginx', networks: ['z'] },
    // @ts-expect-error: no such network
    d: { image: 'nginx', networks: { z: null } },
    // @ts-expect-error: no such volume
    e: { image: 'nginx', volumes: ['z:/data'] },
    // @ts-expect-error: no such volume
    f: { image: 'nginx', volumes: [{ type: 'volume', source: 'z', target: '/data' }] },
    // @ts-expect-error: no such secret
    g: { image: 'nginx', secrets: ['z'] },
    // @ts-expect-error: no such secret
    h: { image: 'nginx', secrets: [{ source: 'z' }] },
    // @ts-expect-error: no such config
    i: { image: 'nginx', configs: ['z'] },
    // @ts-expect-error: no such service
    j: { extends: 'z' },
    // @ts-expect-error: no such service
    k: { extends: { service: 'z' } },
    // @ts-expect-error: no such service
    l: { image: 'nginx', network_mode: 'service:z' },
    // @ts-expect-error: no such service
    m: { image: 'nginx', volumes_from: ['z:ro'] },
    // @ts-expect-error: no such secret
    n: { build: { context: '.', secrets: ['z'] } },
    // @ts-expect-error: no such model
    o: { image: 'nginx', models: ['z'] },
    // @ts-expect-error: no such service
    p: { image: 'nginx', links: ['z:alias'] },
  },
  networks: { front: {} },
  volumes: { data: {} },
});

// @ts-expect-error: no such service
export const unknownInFunction = defineCompose(() => ({
  services: { web: { image: 'nginx', depends_on: ['z'] } },
}));

export const otherMistakes = defineCompose({
  services: {
    // @ts-expect-error: no such key
    a: { imag: 'nginx' },
    // @ts-expect-error: no text
    b: { image: 5 },
    // @ts-expect-error: no condition
    c: { image: 'nginx', depends_on: { a: { condition: 'healthy' } } },
  },
});

export const noSection = defineCompose({
  services: {},
  // @ts-expect-error: no such key
  network: {},
});
