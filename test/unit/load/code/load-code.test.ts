import { describe, expect, test } from 'vitest';
import { withAbortableCode } from '../../../../src/load/code/abortable-code.js';
import type { LoadIo, LoadRequest } from '../../../../src/load/load-io.js';
import { loadModel } from '../../../../src/load/load-model.js';
import { allStages } from '../../../../src/load/load-options.js';
import { recordReads } from '../../../../src/load/record-reads.js';
import type { RemoteCopy } from '../../../../src/load/remote/remote-files.js';
import { renderConfig } from '../../../../src/load/render-config.js';
import { CancelledError } from '../../../../src/problems/errors.js';
import { MemoryInstances } from '../../../support/memory-instances.js';
import { loadRequest, memoryLoadIo } from '../../../support/memory-load-io.js';
import { runMemoryCode } from '../../../support/run-memory-code.js';

type Files = Readonly<Record<string, string>>;

interface World extends Partial<LoadRequest> {
  readonly environment?: Readonly<Record<string, string>>;
  readonly interpolate?: 'yes' | 'no';
}

function ioOf(files: Files, environment: World['environment'] = {}): LoadIo {
  return memoryLoadIo({ files, environment, runCode: runMemoryCode(files) });
}

/** What `config` prints of files, without the network that all have, or what is wrong. */
async function configOf(files: Files, world: World = {}, io?: Partial<LoadIo>): Promise<string> {
  const { environment, interpolate = 'yes', ...request } = world;
  const result = await loadModel(
    loadRequest({ projectName: 'app', ...request }),
    { ...ioOf(files, environment), ...io },
    { ...allStages, interpolate, normalize: 'no' },
  );
  if (!result.ok) return result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n');
  return renderConfig(result.model, 'yaml');
}

const ofWeb = (fields: string) => `export default { services: { web: { image: 'nginx', ${fields} } } };`;

describe('texts of code', () => {
  const literal = { 'compose.ts': ofWeb(`command: 'echo \${TAG} $$', environment: { SUM: '$1' }`) };

  test('are what they are: no variable is filled in', async () => {
    expect(await configOf(literal, { environment: { TAG: 'x' } })).toMatchInlineSnapshot(`
      "name: app
      services:
        web:
          command:
            - echo
            - $\${TAG}
            - $$$$
          environment:
            SUM: $$1
          image: nginx
      "
    `);
  });

  test('are written for a later interpolation when that is wanted', async () => {
    expect(await configOf(literal, { interpolate: 'no' })).toMatchInlineSnapshot(`
      "name: app
      services:
        web:
          command: echo $\${TAG} $$$$
          environment:
            SUM: $$1
          image: nginx
      "
    `);
  });

  test('become numbers and booleans where the model has them, as in YAML', async () => {
    expect(
      await configOf({ 'compose.js': ofWeb(`init: 'true', stop_grace_period: '90s', cpus: '0.5'`) }),
    ).toMatchInlineSnapshot(`
      "name: app
      services:
        web:
          cpus: 0.5
          image: nginx
          init: true
          stop_grace_period: 1m30s
      "
    `);
  });
});

test('code has the variables of the process and of .env, in its context and in process.env', async () => {
  const files = {
    '.env': 'FILE=from-file\nBOTH=from-file\n',
    'compose.ts': `export default ({ env }) => ({
      services: { web: { image: 'nginx', labels: [env.FILE, env.BOTH, process.env.FILE, String(env.NONE)] } },
    });`,
  };
  expect(await configOf(files, { environment: { BOTH: 'from-process' } })).toMatchInlineSnapshot(`
    "name: app
    services:
      web:
        image: nginx
        labels:
          from-file: ""
          from-process: ""
          undefined: ""
    "
  `);
});

describe('code and YAML', () => {
  const code = {
    'more.ts': `export default { services: { web: { environment: { A: 'code' }, restart: 'always' } } };`,
  };
  const yaml = {
    'base.yaml': 'services: {web: {image: nginx, environment: {A: "${A:-yaml}", B: "${B:-yaml}"}}}\n',
  };

  test('merge in the order in which they are named', async () => {
    const orders = [
      ['base.yaml', 'more.ts'],
      ['more.ts', 'base.yaml'],
    ];
    const said = [];
    for (const files of orders) said.push(await configOf({ ...code, ...yaml }, { files }));
    expect(said.join('--\n')).toMatchInlineSnapshot(`
      "name: app
      services:
        web:
          environment:
            A: code
            B: yaml
          image: nginx
          restart: always
      --
      name: app
      services:
        web:
          environment:
            A: yaml
            B: yaml
          image: nginx
          restart: always
      "
    `);
  });

  test('include each other', async () => {
    const files = {
      'compose.yaml': 'include: [parts/db.ts]\nservices: {web: {image: nginx, depends_on: [db]}}\n',
      'parts/db.ts': `export default { include: ['cache.yaml'], services: { db: { image: 'pg', volumes: ['./data:/data'] } } };`,
      'parts/cache.yaml': 'services: {cache: {image: "redis:${TAG:-7}"}}\n',
    };
    expect(await configOf(files)).toMatchInlineSnapshot(`
      "name: app
      services:
        cache:
          image: redis:7
        db:
          image: pg
          volumes:
            - type: bind
              source: /project/parts/data
              target: /data
              bind:
                create_host_path: true
        web:
          depends_on:
            db:
              condition: service_started
              required: true
          image: nginx
      "
    `);
  });

  test('extend each other', async () => {
    const files = {
      'compose.ts': `export default { services: { web: { extends: { file: 'base.yaml', service: 'web' } } } };`,
      'base.yaml': 'services: {web: {extends: {file: deep.mjs, service: web}, environment: {B: yaml}}}\n',
      'deep.mjs': ofWeb(`environment: { A: '$A' }`),
    };
    expect(await configOf(files)).toMatchInlineSnapshot(`
      "name: app
      services:
        web:
          environment:
            A: $$A
            B: yaml
          image: nginx
      "
    `);
  });

  test('have an override in YAML beside code that was found by itself', async () => {
    const files = {
      'compose.ts': ofWeb(''),
      'compose.override.yaml': 'services: {web: {image: httpd}}\n',
    };
    expect(await configOf(files)).toMatchInlineSnapshot(`
      "name: app
      services:
        web:
          image: httpd
      "
    `);
  });
});

describe('an instance', () => {
  const files = {
    'compose.ts': `export default ({ env, instance }) => ({
      name: 'shop',
      services: {
        db: { image: 'pg', ports: ['5432:5432'] },
        web: { image: 'nginx', labels: [String(instance), String(env.TSCOMPOSE_PORT_DB_5432)] },
      },
    });`,
  };

  test('is told to code, and so are its ports', async () => {
    const request = { projectName: undefined, instance: 'login' } as unknown as World;
    expect(await configOf(files, request, { instances: new MemoryInstances() })).toMatchInlineSnapshot(`
      "name: shop--login
      services:
        db:
          environment:
            TSCOMPOSE_PORT_DB_5432: "20000"
          image: pg
          ports:
            - mode: ingress
              target: 5432
              published: "20000"
              protocol: tcp
        web:
          environment:
            TSCOMPOSE_PORT_DB_5432: "20000"
          image: nginx
          labels:
            "20000": ""
            login: ""
      "
    `);
  });

  test('that is named after the work tree is told as well, though its name depends on the project', async () => {
    const request = { projectName: undefined, instance: 'auto' } as unknown as World;
    const config = await configOf(files, request, { instances: new MemoryInstances() });
    const [name, label] = [/^name: shop--(.*)$/m.exec(config)?.[1], /project-\w+/.exec(config)?.[0]];
    expect(label).toBe(name?.replaceAll('--', '-'));
  });
});

describe('code of elsewhere', () => {
  /** `oci://reg/stack` is a copy in `/cache/stack`. */
  const remoteOf = (...files: string[]): Partial<LoadIo> => ({
    runCode: async ({ path }) => {
      throw new Error(`${path} was run`);
    },
    remote: {
      fetch: async (): Promise<RemoteCopy> => ({ root: '/cache/stack', place: { files } }),
      accept: async () => true,
    },
  });

  test('is not run when it is named', async () => {
    const files = { '/cache/stack/compose.ts': '' };
    const world = { files: ['oci://reg/stack'], remote: 'outside' } as const;
    expect(await configOf(files, world, remoteOf('/cache/stack/compose.ts'))).toMatchInlineSnapshot(
      `"remote/code /cache/stack/compose.ts is code that is not of this host, and such code is never run"`,
    );
  });

  test('is not run when YAML of there names it', async () => {
    const files = {
      '/cache/stack/compose.yaml':
        'include: [more.ts]\nservices: {web: {extends: {file: base.ts, service: a}}}\n',
      '/cache/stack/more.ts': '',
      '/cache/stack/base.ts': '',
    };
    const world = { files: ['oci://reg/stack'], remote: 'outside' } as const;
    expect(await configOf(files, world, remoteOf('/cache/stack/compose.yaml'))).toMatchInlineSnapshot(`
      "remote/code /cache/stack/more.ts is code that is not of this host, and such code is never run
      remote/code /cache/stack/base.ts is code that is not of this host, and such code is never run"
    `);
  });

  test('does not have code of this host run, not even through other files of this host', async () => {
    const files = {
      'compose.yaml': 'include: ["oci://reg/stack"]\n',
      '/cache/stack/compose.yaml': 'include: [/project/more.yaml]\n',
      'more.yaml': 'include: [/project/code.ts]\n',
      'code.ts': '',
    };
    const world = { remote: 'outside' } as const;
    expect(await configOf(files, world, remoteOf('/cache/stack/compose.yaml'))).toMatchInlineSnapshot(
      `"remote/outside /cache/stack/compose.yaml is not of this host, and names /project/more.yaml, which is"`,
    );
  });
});

test('code is not run where nobody says how', async () => {
  expect(await configOf({ 'compose.ts': ofWeb('') }, {}, { runCode: undefined })).toMatchInlineSnapshot(
    `"config/code /project/compose.ts is code, which is not run here"`,
  );
});

test('a signal ends the code that a load waits for', async () => {
  const io = recordReads(ioOf({ 'compose.ts': 'while (true);' }));
  const loading = loadModel(loadRequest(), withAbortableCode(io, AbortSignal.timeout(300)));
  await expect(loading).rejects.toBeInstanceOf(CancelledError);
});

describe('counts as read:', () => {
  async function pathsOf(files: Files): Promise<string[]> {
    const io = recordReads(ioOf(files));
    await loadModel(loadRequest(), io);
    return [...io.paths].filter((path) => !/\/(?:\.env|compose|docker-compose)[^/]*$/.test(path)).sort();
  }

  test('what code imports', async () => {
    const files = {
      'compose.ts': `import { image } from './parts/image.js'; export default { services: { web: { image } } };`,
      'parts/image.ts': `import data from './data.json' with { type: 'json' }; export const image = data;`,
      'parts/data.json': '"nginx"',
    };
    expect(await pathsOf(files)).toEqual([
      '/project/parts/data.json',
      '/project/parts/image.js',
      '/project/parts/image.ts',
    ]);
  });

  test('where code looked for what is not there', async () => {
    const files = { 'compose.ts': `import './gone'; export default {};` };
    const endings = ['', '.js', '.mjs', '.mts', '.ts', '/index.js', '/index.ts'];
    expect(await pathsOf(files)).toEqual(endings.map((ending) => `/project/gone${ending}`));
  });
});
