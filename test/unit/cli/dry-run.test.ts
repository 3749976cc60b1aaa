import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { buildProgram } from '../../../src/cli/program.js';
import { up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { type RecordingEngine, recordCalls } from '../../../src/engine/recording-engine.js';
import { loadProject } from '../../../src/load/load-project.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';
import { sessionOn } from '../../support/session.js';

const files = {
  'compose.yaml': `
name: app
services:
  web: { image: busybox, scale: 2 }
  db: { image: busybox, volumes: ["data:/data"] }
  job: { image: busybox }
  frozen: { image: busybox }
  made: { image: "made:1", build: . }
volumes: { data: }
`,
  Dockerfile: 'FROM busybox',
};

/** Something for every command: a job that has ended, a frozen container, and a replica that was removed. */
async function driftedProject(): Promise<RecordingEngine> {
  const engine = new MemoryEngine({ images: ['busybox', 'made:1'] });
  const loaded = await loadProject(loadRequest(), memoryLoadIo({ files }));
  if (!loaded.ok) throw new Error('the file cannot be loaded');
  await up(loaded.project, defaultUpPolicy, sessionOn(engine));
  engine.exit('app-job-1', 3);
  await engine.lifecycle.pause('app-frozen-1');
  await engine.removeContainer('app-web-2', { anonymousVolumes: 'keep' });
  return recordCalls(engine);
}

/** Commands that can change something, each with words with which it would. */
const changing: Readonly<Record<string, readonly string[]>> = {
  build: ['made'],
  commit: ['db', 'copy:1'],
  cp: [`${import.meta.dirname}/dry-run.test.ts`, 'db:/copy'],
  create: ['--force-recreate', 'web'],
  down: ['-v', '--rmi', 'all'],
  exec: ['db', 'touch', '/x'],
  kill: [],
  pause: ['web'],
  pull: ['web'],
  push: ['made'],
  restart: ['web'],
  rm: ['-sf'],
  run: ['-d', 'db'],
  scale: ['web=3'],
  start: ['job'],
  stop: [],
  unpause: [],
  up: ['-d', 'web', 'job'],
  wait: ['--down-project', 'job'],
};

/** They have tests of their own for this. */
const elsewhere = ['apply', 'attach', 'lock', 'publish', 'reconcile', 'watch'];

/** Commands that only look, with words with which they come to an end. */
const looking: Readonly<Record<string, readonly string[]>> = {
  __complete: ['up', ''],
  completion: ['bash'],
  config: [],
  doctor: [],
  env: ['explain', 'web'],
  events: ['--since', '0', '--until', '1'],
  export: ['db'],
  graph: [],
  images: [],
  logs: [],
  ls: [],
  plan: [],
  port: ['db', '80'],
  ports: [],
  ps: ['-a'],
  stats: ['--no-stream'],
  top: [],
  version: [],
  volumes: [],
};

const commands = buildProgram(fakeCliIo(), { code: 0 }).commands.map((command) => command.name());

async function changesOf(words: readonly string[]): Promise<string[]> {
  const engine = await driftedProject();
  const environment = { COMPOSE_PROGRESS: 'quiet' };
  await main([...words], fakeCliIo({ files, environment }, engine));
  return engine.changes.map(({ method }) => method);
}

test('every command is known as one that changes something or as one that only looks', () => {
  const known = [...Object.keys(changing), ...Object.keys(looking), ...elsewhere];
  expect(known.sort()).toEqual(commands.toSorted());
});

describe('a dry run changes nothing, while the same words without it do', () => {
  test.each(Object.entries(changing))('%s', async (command, words) => {
    const [dry, wet] = [
      await changesOf(['--dry-run', command, ...words]),
      await changesOf([command, ...words]),
    ];
    expect({ dry, changesWithout: wet.length > 0 }).toEqual({ dry: [], changesWithout: true });
  });
});

test('a dry run of attach only says which container it would be', async () => {
  expect(await changesOf(['--dry-run', 'attach', 'db'])).toEqual([]);
});

test('a dry run of watch shows what it would watch', async () => {
  const engine = await driftedProject();
  const watched =
    'services: { db: { image: busybox, develop: { watch: [{ action: sync, path: src, target: /src }] } } }';
  const io = fakeCliIo({ files: { 'compose.yaml': watched } }, engine);
  await main(['--dry-run', 'watch'], io);
  expect({ changes: engine.changes, stdout: io.written.stdout }).toEqual({
    changes: [],
    stdout: 'db: src → /src  sync\n',
  });
});

describe('a command that only looks changes nothing', () => {
  test.each(Object.entries(looking))('%s', async (command, words) => {
    expect(await changesOf([command, ...words])).toEqual([]);
  });
});

test('a dry run of commit and export says which container it would be, and writes no file', async () => {
  const said = async (...words: readonly string[]) => {
    const io = fakeCliIo({ files }, await driftedProject());
    const code = await main([...words], io);
    return [code, io.written.stdout, io.written.stderr];
  };
  const file = `${import.meta.dirname}/never-written.tar`;
  expect([
    await said('commit', '--dry-run', 'db', 'copy:1'),
    await said('export', '--dry-run', '-o', file, 'db'),
    existsSync(file),
  ]).toEqual([
    [0, 'commit container app-db-1 as copy:1\n', ''],
    [0, '', `export container app-db-1 to ${file}\n`],
    false,
  ]);
});
