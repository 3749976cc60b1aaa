import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { Canaries } from '../../support/canary/canaries.js';
import { changesWorld, plainLines } from '../../support/canary/canary-lines.js';
import { canaryEnvironment, canaryFiles } from '../../support/canary/canary-project.js';
import { CanaryEngine, type Trouble, troubles } from '../../support/canary/canary-states.js';
import { canaryWorld } from '../../support/canary/canary-world.js';
import { runLine } from '../../support/canary/run-line.js';
import { eventProblems } from '../../support/event-documents.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';
import { HttpRegistry } from '../../support/http-registry.js';
import type { MemoryFiles } from '../../support/memory-load-io.js';

const canaries = new Canaries();
let registry: HttpRegistry;
beforeAll(async () => {
  registry = await HttpRegistry.start();
});
afterAll(() => registry[Symbol.asyncDispose]());

/** What each line of stderr lacks to be a document; lines that change nothing share a world. */
async function problemsOf(lines: readonly (readonly string[])[], trouble: Trouble): Promise<string[]> {
  const engine = new CanaryEngine();
  await using world = await canaryWorld(canaryEnvironment(canaries));
  await world.write(canaryFiles(canaries));
  await runLine(['up', '-d'], world, engine, registry);
  await runLine(['plan', '-o', 'plan.json'], world, engine, registry);
  engine.trouble = trouble;
  const problems: string[] = [];
  for (const line of lines) {
    const { stderr } = await runLine(['--progress', 'json', ...line], world, engine, registry);
    problems.push(...lineProblems(stderr).map((problem) => `${line.join(' ')}: ${problem}`));
  }
  return problems;
}

function lineProblems(stderr: string): string[] {
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => (line.startsWith('{') ? eventProblems(line) : [`no document: ${line}`]));
}

describe('with --progress json each line of stderr is a document', () => {
  test('of every command', async () => {
    const changing = plainLines().filter(changesWorld);
    const looking = plainLines().filter((line) => !changesWorld(line));
    const problems = await problemsOf(looking, 'none');
    for (const line of changing) problems.push(...(await problemsOf([line], 'none')));
    expect(problems).toEqual([]);
  });

  test.each(troubles)('of commands that fail: %s', async (trouble) => {
    const problems: string[] = [];
    for (const line of ['up -d', 'up', 'run web true', 'watch', 'reconcile', 'build'])
      problems.push(...(await problemsOf([line.split(' ')], trouble)));
    expect(problems).toEqual([]);
  });

  const web = 'services: {web: {image: "busybox${NOBODY_SETS_THIS}"}}';
  const cases: readonly (readonly [line: string, world: Partial<MemoryFiles>])[] = [
    ['', {}],
    ['nope', {}],
    ['--bogus up', {}],
    ['up --bogus', {}],
    ['up -d', {}],
    [
      'up -d',
      { files: { 'compose.yaml': 'services: {web: {imge: busybox}, api: {image: busybox, ports: 80}}' } },
    ],
    ['up -d', { files: { 'compose.yaml': web } }],
    ['config', { files: { 'compose.yaml': web } }],
    ['rm -f', { files: { 'compose.yaml': web } }],
    ['kill', { files: { 'compose.yaml': web } }],
    ['start', { files: { 'compose.yaml': web } }],
    ['pull -q', { files: { 'compose.yaml': web } }],
    ['down', { files: { 'compose.yaml': web } }],
    ['--verbose up -d', { files: { 'compose.yaml': web } }],
    ['--verbose up -d', {}],
    ['reconcile --stop', { files: { 'compose.yaml': web } }],
  ];
  test.each(cases)('of "%s"', async (line, world) => {
    const io = fakeCliIo(world, new MemoryEngine({ images: ['busybox'] }));
    await main(['--progress', 'json', ...line.split(' ').filter((word) => word !== '')], io);
    expect([io.written.stderr === '', lineProblems(io.written.stderr)]).toEqual([false, []]);
  });
});

test('what a command without a plan has done is told', async () => {
  const engine = new MemoryEngine({ images: ['busybox'] });
  const files = { 'compose.yaml': 'name: app\nservices: {web: {image: busybox}}' };
  await main(['up', '-d'], fakeCliIo({ files }, engine));
  const io = fakeCliIo({ files }, engine);
  await main(['--progress', 'json', 'commit', 'web', 'app/kept'], io);
  expect(JSON.parse(io.written.stderr)).toMatchObject({
    ...{ id: 'Container app-web-1', status: 'Done', text: 'Committed', kind: 'message' },
  });
});

test('a failure tells every problem with its place', async () => {
  const files = { 'compose.yaml': 'services: {web: {imge: busybox}, api: {image: busybox, ports: 80}}' };
  const io = fakeCliIo({ files });
  await main(['--progress', 'json', 'up', '-d'], io);
  expect(JSON.parse(io.written.stderr)).toMatchObject({
    ...{ error: true, kind: 'error', code: 'config/unknown-key' },
    problems: [
      { code: 'config/unknown-key', line: 1, column: 18 },
      { code: 'config/wrong-type', line: 1, column: 63 },
    ],
  });
});
