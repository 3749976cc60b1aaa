import { describe, expect, test } from 'vitest';
import { loadProject } from '../../../../src/load/load-project.js';
import type { RemoteCopy } from '../../../../src/load/remote/remote-files.js';
import { UsageError } from '../../../../src/problems/errors.js';
import { loadRequest, memoryLoadIo } from '../../../support/memory-load-io.js';

interface World {
  readonly files?: Readonly<Record<string, string>>;
  /** Files of the copy of `oci://reg/stack`, in `/cache/stack`. */
  readonly copy: Readonly<Record<string, string>>;
  readonly order?: readonly string[];
  /** Path → where it really leads to. */
  readonly links?: Readonly<Record<string, string>>;
  readonly remote?: 'inside' | 'outside';
  readonly answer?: 'yes' | 'no';
  readonly environment?: Readonly<Record<string, string>>;
}

/** Loads `oci://reg/stack`, or the local files where there are some. */
async function load(world: World) {
  const { files, copy, order = ['compose.yaml'], links = {}, remote = 'inside', answer = 'no' } = world;
  const there = Object.fromEntries(
    Object.entries(copy).map(([name, text]) => [`/cache/stack/${name}`, text]),
  );
  const io = memoryLoadIo({ files: { ...files, ...there }, environment: world.environment ?? {} });
  const asked: string[] = [];
  const fetched: string[] = [];
  const result = await loadProject(
    loadRequest({ files: files === undefined ? ['oci://reg/stack'] : [], remote }),
    {
      ...io,
      realPath: async (path) => links[path] ?? io.realPath(path),
      remote: {
        async fetch(reference): Promise<RemoteCopy> {
          fetched.push(reference);
          if (reference !== 'oci://reg/stack')
            throw new UsageError(`${reference} is not there`, { hint: 'look' });
          return { root: '/cache/stack', place: { files: order.map((name) => `/cache/stack/${name}`) } };
        },
        async accept(reaches) {
          asked.push(...reaches.map(({ name, what, span }) => `${span.line} ${name} ${what}`));
          return answer === 'yes';
        },
      },
    },
  );
  const problems = result.ok
    ? []
    : result.diagnostics.map(({ code, message, span }) => `${span?.line ?? '-'} ${code} ${message}`);
  return { project: result.ok ? result.project : undefined, problems, asked, fetched };
}

const service = (text: string) => `services:\n  web:\n    image: a\n${text}`;

test('a fetched project is called after its source, and its paths are inside of its copy', async () => {
  const { project } = await load({
    copy: { 'compose.yaml': service('    volumes: [./data:/data]\n'), '.env': 'X=1' },
  });
  const web = project?.services.get('web');
  expect([project?.name, project?.workingDir, web?.mounts[0]?.source]).toEqual([
    'stack',
    '/cache/stack',
    '/cache/stack/data',
  ]);
});

test('several files of one copy are merged in order', async () => {
  const copy = { 'compose.yaml': service(''), 'image-digests.yaml': 'services: {web: {image: b}}' };
  const { project } = await load({ copy, order: ['compose.yaml', 'image-digests.yaml'] });
  expect(project?.services.get('web')?.image).toBe('b');
});

test('a local file can include and extend what is fetched', async () => {
  const { project } = await load({
    files: {
      'compose.yaml': `
include: [oci://reg/stack]
services:
  own: { extends: { file: "oci://reg/stack", service: web }, command: own }
`,
    },
    copy: { 'compose.yaml': service('') },
  });
  expect([...(project?.services.keys() ?? [])]).toEqual(['own', 'web']);
});

test('what cannot be fetched is told where it is named', async () => {
  const { problems } = await load({
    files: { 'compose.yaml': 'services: {}\ninclude: [oci://reg/other]\n' },
    copy: {},
  });
  expect(problems).toEqual(['2 config/remote oci://reg/other is not there']);
});

describe('a file of elsewhere', () => {
  const outside = service(`    env_file: /etc/secrets.env
    volumes: [/var/run/docker.sock:/sock, ./inside:/inside]
    build: { context: ../neighbour }
`);

  test('gets nothing of this host without a yes, and nothing is read before', async () => {
    const { problems, asked } = await load({ copy: { 'compose.yaml': outside } });
    expect({ problems, asked }).toEqual({
      asked: [
        '4 services.web.env_file[0].path /etc/secrets.env',
        '5 services.web.volumes[0].source /var/run/docker.sock',
        '6 services.web.build.context /cache/neighbour',
      ],
      problems: [
        '4 remote/outside services.web.env_file[0].path: a file of elsewhere wants /etc/secrets.env of this host',
        '5 remote/outside services.web.volumes[0].source: a file of elsewhere wants /var/run/docker.sock of this host',
        '6 remote/outside services.web.build.context: a file of elsewhere wants /cache/neighbour of this host',
      ],
    });
  });

  test('gets it after a yes', async () => {
    const { project } = await load({
      copy: { 'compose.yaml': service('    volumes: [/var/run/docker.sock:/sock]\n') },
      answer: 'yes',
    });
    expect(project?.services.get('web')?.mounts[0]?.source).toBe('/var/run/docker.sock');
  });

  test('gets it without a question where that is allowed beforehand', async () => {
    const { project, asked } = await load({
      copy: { 'compose.yaml': service('    volumes: [/etc:/etc]\n') },
      remote: 'outside',
    });
    expect([project?.services.size, asked]).toEqual([1, []]);
  });

  test.each([
    [
      'secrets of this host',
      'services: {a: {image: a, secrets: [s]}}\nsecrets: {s: {file: ~/.ssh/id_rsa}}\n',
    ],
    ['configs of this host', 'services: {a: {image: a, configs: [c]}}\nconfigs: {c: {file: /etc/shadow}}\n'],
    ['programs of this host', 'services: {a: {provider: {type: rm, options: {x: y}}}}\n'],
    ["the engine's socket", 'services: {a: {image: a, use_api_socket: true}}\n'],
    [
      'a directory by a volume',
      'services: {a: {image: a, volumes: ["v:/v"]}}\nvolumes: {v: {driver_opts: {o: bind, type: none, device: /etc}}}\n',
    ],
    ['a directory to write a cache to', 'services: {a: {build: {cache_to: ["type=local,dest=/etc"]}}}\n'],
    ['a cache beside what runs', 'services: {a: {build: {cache_from: ["src=x,type=local"]}}}\n'],
    [
      'an image in a directory',
      'services: {a: {build: {additional_contexts: {x: "oci-layout:///srv/images:v1"}}}}\n',
    ],
    ['a path from a variable', 'services: {a: {image: a, volumes: ["$HOME/.aws:/aws"]}}\n'],
  ])('is asked about for %s', async (_, text) => {
    const { problems, asked } = await load({
      copy: { 'compose.yaml': text },
      environment: { HOME: '/home/user' },
    });
    expect([problems.map((line) => line.split(' ')[1]), asked.length]).toEqual([['remote/outside'], 1]);
  });

  test('is not asked about caches at registries', async () => {
    const text = 'services: {a: {build: {cache_from: ["reg/a:1", "type=registry,ref=reg/a:2"]}}}\n';
    const { project, asked } = await load({ copy: { 'compose.yaml': text } });
    expect([project?.services.size, asked]).toEqual([1, []]);
  });

  test.each([
    ['includes', 'include: [/etc/compose.yaml]\n'],
    ['includes by parents', 'include: [../../etc/compose.yaml]\n'],
    ['includes from a directory of this host', 'include: [{path: a.yaml, project_directory: /etc}]\n'],
    ['includes with an env file of this host', 'include: [{path: a.yaml, env_file: /etc/secrets.env}]\n'],
    ['extends', 'services: {a: {extends: {file: /etc/compose.yaml, service: a}}}\n'],
    ['includes a repository of this host', 'include: ["file:///etc/repository"]\n'],
  ])('that %s is refused, whatever a person would say', async (_, text) => {
    const { problems, asked } = await load({
      copy: { 'compose.yaml': text, 'a.yaml': 'services: {a: {image: a}}' },
      files: undefined as never,
      answer: 'yes',
    });
    expect([problems.map((line) => line.split(' ')[1]), asked]).toEqual([['remote/outside'], []]);
  });

  test('does not get out by a link', async () => {
    const copy = { 'compose.yaml': service('    env_file: link.env\n'), 'link.env': 'A=1' };
    const links = { '/cache/stack/link.env': '/etc/secrets.env' };
    const { asked } = await load({ copy, links });
    const linked = await load({ copy, links: { '/cache/stack/compose.yaml': '/etc/passwd' } });
    expect([asked, linked.problems]).toEqual([
      ['4 services.web.env_file[0].path /cache/stack/link.env'],
      ['- remote/outside /cache/stack/compose.yaml is a link that leads out of what was fetched'],
    ]);
  });

  test('does not stand in the way of what a person writes beside it', async () => {
    const { project, asked } = await load({
      files: {
        'compose.yaml': 'include: [oci://reg/stack]\nservices: {own: {image: a, volumes: ["/etc:/etc"]}}\n',
      },
      copy: { 'compose.yaml': service('') },
    });
    expect([project?.services.size, asked]).toEqual([2, []]);
  });
});
