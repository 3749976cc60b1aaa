import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { shellSays } from '../../support/scenario-image.js';
import type { Stack } from '../../support/scenario-stack.js';

/** What proves a key of `build`: a Dockerfile, and what is seen once it is built. */
export interface BuildFixture {
  readonly keys: readonly string[];
  /** `build` of the service `web`; its context is the folder of the file. */
  readonly build: string;
  /** Without FROM: `FROM busybox` stands before it. */
  readonly dockerfile?: string;
  readonly top?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly see: (stack: Stack) => Promise<unknown>;
  readonly expected: unknown;
  /** First number of the Docker version that can do it. */
  readonly engineSince?: number;
}

const build = (...keys: string[]) => keys.map((key) => `services.*.build${key === '' ? '' : `.${key}`}`);

/** What a line of shell says in the image. */
const says = (line: string) => (stack: Stack) => shellSays(stack, line);

/** What `build` says and ends with. */
const ends = (text: string) => async (stack: Stack) => {
  const { exitCode, stderr } = await stack.run('build');
  return { exitCode, isSaid: stderr.includes(text) };
};

/** How often a build comes to a step, and how often it takes its result from the cache. */
async function cachedSteps(stack: Stack, ...flags: string[]): Promise<number> {
  const { stderr } = await stack.run('build', ...flags);
  return stderr.split('\n').filter((line) => /^#\d+ CACHED$/.test(line)).length;
}

export const buildFixtures: readonly BuildFixture[] = [
  {
    keys: build('', 'context', 'dockerfile'),
    build: '{context: sub, dockerfile: other.Dockerfile}',
    files: { 'sub/other.Dockerfile': 'FROM busybox\nCOPY file /file\n', 'sub/file': 'of the context\n' },
    see: says('cat /file'),
    expected: ['of the context'],
  },
  {
    keys: build('dockerfile_inline'),
    build: '{context: ., dockerfile_inline: "FROM busybox\\nRUN echo inline > /file\\n"}',
    see: says('cat /file'),
    expected: ['inline'],
  },
  {
    keys: build('args'),
    build: '{context: ., args: {WORD: given}}',
    dockerfile: 'ARG WORD=default\nRUN echo $WORD > /file\n',
    see: says('cat /file'),
    expected: ['given'],
  },
  {
    keys: build('target'),
    build: '{context: ., target: first}',
    dockerfile: 'AS first\nRUN echo first > /file\nFROM first\nRUN exit 3\n',
    see: says('cat /file'),
    expected: ['first'],
  },
  {
    keys: build('labels', 'tags'),
    build: '{context: ., labels: {owner: me}, tags: ["<project>-tag:1"]}',
    see: async (stack) => {
      await stack.must('build');
      const image = await stack.engine.findImage(`${stack.project}-tag:1`);
      return image?.labels.get('owner');
    },
    expected: 'me',
  },
  {
    keys: build('platforms'),
    build: '{context: ., platforms: [linux/amd64]}',
    dockerfile: 'ARG TARGETPLATFORM\nRUN echo $TARGETPLATFORM > /file\n',
    see: says('cat /file'),
    expected: ['linux/amd64'],
  },
  {
    keys: build('no_cache'),
    build: '{context: ., no_cache: true}',
    dockerfile: 'RUN cat /proc/sys/kernel/random/uuid > /file\n',
    see: async (stack) => {
      const found = new Set<string>();
      for (let round = 0; round < 2; round++) {
        await stack.must('build');
        for (const line of await shellSays(stack, 'cat /file')) found.add(line);
      }
      return found.size;
    },
    expected: 2,
  },
  {
    keys: build('no_cache_filter'),
    build: '{context: ., no_cache_filter: last}',
    dockerfile: 'AS first\nRUN echo first\nFROM first AS last\nRUN echo last\n',
    see: async (stack) => {
      await stack.must('build');
      return cachedSteps(stack);
    },
    expected: 1,
  },
  {
    keys: build('cache_to', 'cache_from'),
    build: '{context: ., cache_from: ["<project>-web"], cache_to: ["type=inline"]}',
    dockerfile: 'RUN echo hello > /file\n',
    see: async (stack) => {
      await stack.must('build');
      return cachedSteps(stack);
    },
    expected: 1,
  },
  {
    keys: build('pull'),
    build: '{context: ., pull: true, dockerfile_inline: "FROM localhost:1/nowhere\\n"}',
    see: ends('localhost:1'),
    expected: { exitCode: 1, isSaid: true },
  },
  {
    keys: build('network'),
    build: '{context: ., network: none}',
    dockerfile: 'RUN ls /sys/class/net > /file\n',
    see: says('cat /file'),
    expected: ['lo'],
  },
  {
    keys: build('extra_hosts'),
    build: '{context: ., extra_hosts: {somewhere: 10.1.2.3}}',
    dockerfile: 'RUN grep somewhere /etc/hosts | tr "\\t" " " > /file\n',
    see: says('cat /file'),
    expected: ['10.1.2.3 somewhere'],
  },
  {
    keys: build('shm_size'),
    build: '{context: ., shm_size: 3m}',
    dockerfile: 'RUN df /dev/shm | tail -1 | tr -s " " | cut -d " " -f 2 > /file\n',
    see: says('cat /file'),
    expected: ['3072'],
    engineSince: 23,
  },
  {
    keys: build('ulimits', 'ulimits.*.soft', 'ulimits.*.hard'),
    build: '{context: ., ulimits: {nofile: {soft: 123, hard: 456}}}',
    dockerfile: 'RUN (ulimit -Sn; ulimit -Hn) > /file\n',
    see: says('cat /file'),
    expected: ['123', '456'],
    engineSince: 23,
  },
  {
    keys: build('secrets', 'secrets[].source', 'secrets[].target'),
    build: '{context: ., secrets: [plain, {source: variable, target: other}]}',
    dockerfile:
      'RUN --mount=type=secret,id=plain --mount=type=secret,id=other cat /run/secrets/plain /run/secrets/other | rev > /file\n',
    top: 'secrets: {plain: {file: ./plain}, variable: {environment: SUPPORT_VALUE}}',
    files: { plain: 'abc\n', '.env': 'SUPPORT_VALUE=xyz\n' },
    see: says('cat /file'),
    expected: ['cba', 'zyx'],
  },
  {
    keys: build('ssh'),
    build: '{context: ., ssh: [default=./agent]}',
    dockerfile: 'RUN --mount=type=ssh test -S "$SSH_AUTH_SOCK" && echo there > /file\n',
    see: async (stack) => {
      const agent = createServer().listen(join(stack.folder, 'agent'));
      await once(agent, 'listening');
      try {
        return await shellSays(stack, 'cat /file');
      } finally {
        agent.close();
      }
    },
    expected: ['there'],
  },
  {
    keys: build('entitlements'),
    build: '{context: ., network: host, entitlements: [network.host]}',
    dockerfile: 'RUN test -d /sys/class/net/lo && echo built > /file\n',
    see: says('cat /file'),
    expected: ['built'],
  },
  {
    keys: build('additional_contexts'),
    build: '{context: ., additional_contexts: {more: ./more}}',
    dockerfile: 'COPY --from=more file /file\n',
    files: { 'more/file': 'of another context\n' },
    see: says('cat /file'),
    expected: ['of another context'],
    engineSince: 23,
  },
];
