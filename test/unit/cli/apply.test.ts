import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

const compose = (mode: string) => `
services:
  web: { image: busybox, environment: { MODE: ${mode}, API_TOKEN: hunter2 }, depends_on: [db] }
  db: { image: busybox, configs: [settings] }
configs: { settings: { content: hunter2 } }
`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tscompose-plan-'));
  file = join(folder, 'plan.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const freshEngine = () => recordCalls(new MemoryEngine({ images: ['busybox'] }));

/** Runs a command line; the plan that an earlier one wrote is there. */
async function run(
  line: string,
  engine: MemoryEngine | ReturnType<typeof freshEngine>,
  text = compose('one'),
) {
  const written = readIfThere(file);
  const files = { 'compose.yaml': text, ...(written === undefined ? {} : { [file]: written }) };
  const io = fakeCliIo({ files, environment: { COMPOSE_PROGRESS: 'quiet' } }, engine);
  return { exitCode: await main(line.split(' '), io), ...io.written };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const states = async (engine: ReturnType<typeof freshEngine>) =>
  Object.fromEntries((await engine.listContainers('project')).map(({ name, state }) => [name, state]));

describe('apply', () => {
  test('carries out the plan of the file', async () => {
    const engine = freshEngine();
    await run(`plan -o ${file}`, engine);
    const { exitCode } = await run(`apply ${file}`, engine);
    expect({ exitCode, states: await states(engine) }).toEqual({
      exitCode: 0,
      states: { 'project-db-1': 'running', 'project-web-1': 'running' },
    });
  });

  test('does nothing for a plan in which nothing is to be done', async () => {
    const engine = freshEngine();
    await run('up -d', engine);
    const planned = await run(`plan -o ${file}`, engine);
    engine.reset();
    const applied = await run(`apply ${file}`, engine);
    expect([planned.exitCode, applied.exitCode, engine.changes]).toEqual([0, 0, []]);
  });

  test('refuses when a container was removed since, and says what would be done now', async () => {
    const engine = freshEngine();
    await run('up -d', engine);
    await run(`plan -o ${file}`, engine, compose('two'));
    const [db] = await engine.listContainers('project');
    await engine.removeContainer(db?.id ?? '', { anonymousVolumes: 'keep' });
    engine.reset();
    const { exitCode, stderr } = await run(`apply ${file}`, engine, compose('two'));
    expect({ exitCode, stderr, changes: engine.changes }).toEqual({
      exitCode: 1,
      stderr: `plan/outdated   the plan is out of date: what runs is not as it was
  + create container project-db-1   not found
  + write /settings into project-db-1   created by #1
  + start container project-db-1   created by #1
  hint: nothing was changed; look at a new plan: tscompose plan -o FILE
`,
      changes: [],
    });
  });

  test('refuses when a file says something else since', async () => {
    const engine = freshEngine();
    await run('up -d', engine);
    await run(`plan -o ${file}`, engine, compose('two'));
    engine.reset();
    const { exitCode, stderr } = await run(`apply ${file}`, engine, compose('three'));
    expect({ exitCode, stderr, changes: engine.changes }).toEqual({
      exitCode: 1,
      stderr: `plan/outdated   the plan is out of date: the files or variables say something else now
  ~ create container project-web-1   with other settings
  hint: nothing was changed; look at a new plan: tscompose plan -o FILE
`,
      changes: [],
    });
  });

  test('does what the flags of the plan said: services, scale and recreation', async () => {
    const engine = freshEngine();
    await run('up -d', engine);
    await run(`plan -o ${file} --scale db=2 --force-recreate db`, engine);
    await run(`apply ${file}`, engine);
    expect(await states(engine)).toEqual({
      'project-db-1': 'running',
      'project-db-2': 'running',
      'project-web-1': 'running',
    });
  });

  test('with --dry-run only says whether the plan still holds', async () => {
    const engine = freshEngine();
    await run(`plan -o ${file}`, engine);
    const { exitCode, stdout } = await run(`apply --dry-run ${file}`, engine);
    expect([exitCode, stdout.split(/ {2,}|\n/)[0], engine.changes]).toEqual([
      0,
      '#1 create network project_default',
      [],
    ]);
  });

  test.each([
    ['nothing', undefined, 'there is no such file'],
    ['no JSON', 'services: {}', 'it is no plan of tscompose'],
    ['something else', '{"kind": "other"}', 'it is no plan of tscompose'],
    [
      'a plan of the future',
      '{"kind": "tscompose-plan", "schemaVersion": 2}',
      'it was made by another version of tscompose',
    ],
    ['half a plan', '{"kind": "tscompose-plan", "schemaVersion": 1}', 'parts of it are missing'],
  ])('refuses a file that holds %s', async (_what, text, why) => {
    const files = { 'compose.yaml': compose('one'), ...(text === undefined ? {} : { 'p.json': text }) };
    const io = fakeCliIo({ files }, freshEngine());
    expect([await main(['apply', 'p.json'], io), io.written.stderr]).toEqual([
      1,
      `plan/unreadable   cannot apply p.json: ${why}\n  hint: write one with: tscompose plan -o FILE\n`,
    ]);
  });

  test('refuses files and project names of its own', async () => {
    const { exitCode, stderr } = await run(`-f other.yaml apply ${file}`, freshEngine());
    expect([exitCode, stderr]).toEqual([
      1,
      'usage/invalid   apply takes files, profiles and the name of the project from the plan\n  hint: leave out -f, -p, --instance, --profile, --env-file and --project-directory\n',
    ]);
  });
});

describe('a plan in a file', () => {
  test('holds no values of secrets, configs and variables that may be secret', async () => {
    await run(`plan -o ${file}`, freshEngine());
    expect(readFileSync(file, 'utf8')).not.toMatch('hunter2');
  });

  test('leaves output and exit code of plan as they are', async () => {
    const [plain, kept] = [await run('plan', freshEngine()), await run(`plan -o ${file}`, freshEngine())];
    expect(kept).toEqual(plain);
  });
});
