import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../src/cli/main.js';
import type { Engine } from '../../../src/engine/engine.js';
import { fakeCliIo } from '../fake-cli-io.js';
import { memoryLoadIo } from '../memory-load-io.js';
import type { ErrorCase } from './error-case.js';

const web = { 'compose.yaml': 'name: app\nservices:\n  web:\n    image: busybox\n' };
const profiled = {
  'compose.yaml': `name: app
services:
  seed:
    image: busybox
    profiles: [setup]
  debug:
    image: busybox
    profiles: [tools, setup]
`,
};
const digest = `sha256:${'1'.repeat(64)}`;
const lock = {
  'compose.lock': JSON.stringify({
    lockVersion: 1,
    services: { web: { image: 'busybox:1' } },
    images: { 'docker.io/library/busybox:1': { digest } },
  }),
};

/** What is wrong with a command line, a lock, a plan or files of elsewhere. */
export const fileErrors: readonly ErrorCase[] = [
  {
    code: 'usage/invalid',
    title: 'flags that exclude each other are named',
    files: web,
    command: 'up --force-recreate --no-recreate',
  },
  {
    code: 'usage/invalid',
    title: 'a format that there is not is refused with those that there are',
    files: web,
    command: 'ps --format xml',
  },
  {
    code: 'usage/invalid',
    title: 'a file that cannot be written is named, and what is missing',
    files: web,
    command: 'config -o missing/config.yaml',
  },
  {
    code: 'usage/unknown-service',
    title: 'a service that is not there is refused with those that are',
    files: web,
    command: 'up -d wbe',
  },
  {
    code: 'usage/unknown-service',
    title: 'commands that look at containers know services of the files and of labels',
    files: web,
    command: 'logs wbe',
  },
  {
    code: 'usage/unknown-service',
    title: 'a number of containers is for a service that is there',
    files: web,
    command: 'up -d --scale wbe=2',
  },
  {
    code: 'usage/unknown-service',
    title: 'services to take away are those that are there',
    files: web,
    command: 'down wbe',
  },
  {
    code: 'usage/nothing-selected',
    title: 'a project in which no profile is active says which there are',
    files: profiled,
    command: 'up -d',
  },
  {
    code: 'usage/nothing-selected',
    title: 'watching without a rule says where rules are written',
    files: web,
    command: 'watch',
  },
  {
    code: 'lock/missing',
    title: 'what is to be locked and has no lock is refused',
    files: web,
    command: 'up -d --locked',
  },
  {
    code: 'lock/outdated',
    title: 'each image that the lock does not have is named with its line',
    files: {
      ...lock,
      'compose.yaml': 'name: app\nservices:\n  web:\n    image: busybox:2\n  db:\n    image: postgres\n',
    },
    command: 'up -d --locked',
  },
  {
    code: 'lock/unreadable',
    title: 'a lock that is none is refused',
    files: { ...web, 'compose.lock': '{"lockVersion": 1' },
    command: 'up -d --locked',
  },
  {
    code: 'plan/outdated',
    title: 'a plan that is not what would be done now says what moved',
    files: web,
    before: ['up -d'],
    command: 'apply plan.json',
    io: async (_io, engine) =>
      withPlan(engine, 'name: app\nservices:\n  web:\n    image: busybox\n    command: sleep 1\n'),
  },
  {
    code: 'plan/unreadable',
    title: 'a file that is no plan is refused',
    files: { ...web, 'plan.json': '{"steps": []}' },
    command: 'apply plan.json',
  },
  {
    code: 'remote/outside',
    title: 'files of elsewhere that want something of this host are refused, each with its line',
    files: {},
    command: '--allow-remote -f oci://registry.test/shop config',
    io: async () =>
      fetched(
        'compose.yaml',
        'services:\n  web:\n    image: busybox\n    volumes: ["~/.ssh:/keys"]\n    env_file: /etc/environment\n',
      ),
  },
  {
    code: 'remote/code',
    title: 'code of elsewhere is not run, and it is said what to do instead',
    files: {},
    command: '--allow-remote -f oci://registry.test/shop config',
    io: async () => fetched('compose.ts', 'export default {};\n'),
  },
];

/** A plan that was made when the files said something else. */
async function withPlan(engine: Engine, composeFile: string) {
  const folder = await mkdtemp(join(tmpdir(), 'tscompose-plan-'));
  try {
    const path = join(folder, 'plan.json');
    const io = fakeCliIo({ files: { 'compose.yaml': composeFile }, environment: {} }, engine);
    await main(['plan', '-o', path], io);
    const files = { ...web, 'plan.json': await readFile(path, 'utf8') };
    return { load: memoryLoadIo({ files }) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A project of elsewhere that is one file, and a person who lets it have nothing. */
function fetched(name: string, text: string) {
  const remote = {
    fetch: async () => ({ root: '/copy', place: { files: [`/copy/${name}`] } }),
    accept: async () => false,
  };
  return { load: { ...memoryLoadIo({ files: { [`/copy/${name}`]: text } }), remote } };
}
