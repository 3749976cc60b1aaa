import { describe, expect, test } from 'vitest';
import { preparePublication } from '../../../../src/publish.js';
import { loadRequest, memoryLoadIo } from '../../../support/memory-load-io.js';

function prepare(files: Readonly<Record<string, string>>, environment: 'publish' | 'unasked' = 'unasked') {
  const named = loadRequest({ files: Object.keys(files).filter((name) => name.startsWith('compose')) });
  return preparePublication({ files: named, environment }, memoryLoadIo({ files }));
}

const hidden = (text: string) => text.replace(/[0-9a-f]{64}/g, 'HASH');

async function textsOf(files: Readonly<Record<string, string>>) {
  const publication = await prepare(files);
  return publication.files.map(({ kind, name, text }) => [kind, hidden(name), hidden(text)]);
}

describe('the files of a project are published', () => {
  test('as they are: comments, variables and order too', async () => {
    const text = '# why\nname: app\nservices:\n  web: {image: "a:${TAG:-1}"} # here\n';
    expect(await textsOf({ 'compose.yaml': text })).toEqual([['compose', 'compose.yaml', text]]);
  });

  test('in merge order, those that are extended behind them, under names that tell nothing', async () => {
    expect(
      await textsOf({
        'compose.yaml': 'services:\n  web: {extends: {file: base/common.yaml, service: a}, image: x}\n',
        'compose.prod.yaml': 'services: {web: {extends: {service: b, file: "./base/common.yaml"}}}\n',
        'base/common.yaml': 'services:\n  a: {extends: {file: deep.yaml, service: d}}\n  b: {image: b}\n',
        'base/deep.yaml': 'services: {d: {image: d}}\n',
      }),
    ).toEqual([
      ['compose', 'compose.yaml', 'services:\n  web: {extends: {file: HASH.yaml, service: a}, image: x}\n'],
      ['compose', 'compose.prod.yaml', 'services: {web: {extends: {service: b, file: HASH.yaml}}}\n'],
      ['extends', 'HASH.yaml', 'services:\n  a: {extends: {file: HASH.yaml, service: d}}\n  b: {image: b}\n'],
      ['extends', 'HASH.yaml', 'services: {d: {image: d}}\n'],
    ]);
  });

  test('with their env files in all spellings', async () => {
    expect(
      await textsOf({
        'compose.yaml': `services:
  one: { image: a, env_file: a.env }
  two: { image: a, env_file: ['a.env', "b.env"] }
  three: { image: a, env_file: [{ path: b.env, required: false }, { path: none.env, required: false }] }
`,
        'a.env': 'A=1\n',
        'b.env': 'B=1\n',
      }),
    ).toEqual([
      [
        'compose',
        'compose.yaml',
        `services:
  one: { image: a, env_file: HASH.env }
  two: { image: a, env_file: [HASH.env, HASH.env] }
  three: { image: a, env_file: [{ path: HASH.env, required: false }, { path: none.env, required: false }] }
`,
      ],
      ['env', 'HASH.env', 'A=1\n'],
      ['env', 'HASH.env', 'B=1\n'],
    ]);
  });
});

test('a service that is only built cannot be published', async () => {
  await expect(
    prepare({ 'compose.yaml': 'services: {a: {build: .}, b: {build: ., image: b}}' }),
  ).rejects.toThrow(
    'your Compose stack cannot be published as it only contains a build section for service(s):\n- "a"',
  );
});

test('a file of this host that is included cannot be published', async () => {
  const files = { 'compose.yaml': 'include: [other.yaml]\n', 'other.yaml': 'services: {a: {image: a}}' };
  await expect(prepare(files)).rejects.toThrow('cannot publish compose file with local includes');
});

test('a person is asked about mounts, secrets, env files and configs, in the order of docker compose', async () => {
  const { concerns } = await prepare({
    'compose.yaml': `services:
  web:
    image: a
    env_file: a.env
    volumes: [./data:/data, "named:/named", { type: bind, source: /etc, target: /etc, read_only: true }]
    environment:
      DB_PASSWORD: hunter2
      API_TOKEN: \${API_TOKEN}
      DEBUG: "1"
    labels: ["plain=x", "auth.token=abcdef"]
    command: run --key AKIAABCDEFGHIJKLMNOP
volumes: { named: }
configs: { c: { content: hello }, f: { file: ./f } }
`,
    'a.env': 'SECRET_KEY=1234567\n',
    f: '',
  });
  expect(concerns).toEqual([
    {
      kind: 'bind-mounts',
      mounts: [
        { service: 'web', mount: '/project/data:/data:rw' },
        { service: 'web', mount: '/etc:/etc:ro' },
      ],
    },
    {
      kind: 'secrets',
      findings: [
        { name: 'services.web.environment.DB_PASSWORD', file: '/project/compose.yaml', line: 7 },
        { name: 'services.web.labels[1]', file: '/project/compose.yaml', line: 10 },
        { name: 'services.web.command', file: '/project/compose.yaml', line: 11 },
      ],
    },
    { kind: 'env-files', files: ['/project/a.env'] },
    { kind: 'inline-configs', configs: ['c'] },
  ]);
});

test('env files that are asked for are looked through, and not asked about again', async () => {
  const files = {
    'compose.yaml': 'services: {web: {image: a, env_file: a.env}}\n',
    'a.env': '# SECRET=no\nexport SECRET_KEY="1234567"\nPLAIN=1\n',
  };
  const { concerns } = await prepare(files, 'publish');
  expect(concerns).toEqual([
    { kind: 'secrets', findings: [{ name: 'SECRET_KEY', file: '/project/a.env', line: 2 }] },
  ]);
});
