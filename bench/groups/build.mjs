// How long builds take, from the start of the process to its end, beside docker buildx on the engine of DOCKER_HOST.
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPlugin } from '../docker-compose.mjs';
import { shortNumber, spreadOf, table, timed } from '../harness.mjs';

export const title = 'build, on an engine with BuildKit';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

/** The ratio to docker buildx that each build is to stay below. */
const goal = 1.1;

const contexts = [
  { name: '5 files', directories: 1, filesEach: 5, fileBytes: 1000 },
  { name: '5,000 files', directories: 50, filesEach: 100, fileBytes: 2000 },
  { name: '20,000 files', directories: 200, filesEach: 100, fileBytes: 2000 },
  { name: 'one file of 100 MB', directories: 1, filesEach: 1, fileBytes: 100_000_000 },
];

/** In this order: each finds what the one before has left behind. */
const actions = ['first', 'unchanged', 'one changed'];

/** @param {{ours: string[], workDir: string, say(line: string): void}} context */
export async function run({ ours, workDir, say }) {
  const buildx = findPlugin('docker-buildx', process.env.DOCKER_BUILDX);
  if (buildx === undefined)
    say('  docker buildx was not found: only tscompose is measured (see bench/README.md)');
  const tools = [{ name: 'tscompose', argvOf: (dir) => [...ours, '--project-directory', dir, 'build'] }];
  if (buildx !== undefined) {
    // The image has the same name as ours would have.
    const argvOf = (dir, tag) => [buildx, 'build', '--quiet', '--tag', tag, join(dir, 'app')];
    tools.push({ name: 'docker buildx', argvOf });
  }
  const cases = [];
  for (const [index, context] of contexts.entries()) {
    say(`  ${context.name}, ${rounds} rounds`);
    cases.push(...measureContext(context, tools, join(workDir, `build-${index}`)));
  }
  return cases;
}

/** Tool by tool in each round, each with files that no engine has seen. */
function measureContext(context, tools, dir) {
  const times = new Map();
  for (let round = -1; round < rounds; round++) {
    for (const tool of round % 2 === 0 ? tools : tools.toReversed()) {
      // The same path in each round: the engine finds the files of the round before, all of them changed.
      const own = join(dir, String(tools.indexOf(tool)));
      makeProject(own, context, `${process.pid} ${round} ${tool.name}`);
      for (const action of actions) {
        if (action === 'one changed') appendFileSync(join(own, 'app/0/0'), 'x');
        const argv = tool.argvOf(own, `bench-build-${tools.indexOf(tool)}`);
        const { wallMs } = timed({ name: tool.name, argv });
        const key = `${tool.name} ${action}`;
        if (round >= 0) times.set(key, [...(times.get(key) ?? []), wallMs]);
      }
    }
  }
  return actions.map((action) => ({
    context: context.name,
    action,
    goal,
    results: tools.map(({ name }) => ({ name, wallMs: spreadOf(times.get(`${name} ${action}`)), rounds })),
  }));
}

function makeProject(dir, { directories, filesEach, fileBytes }, mark) {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'app'), { recursive: true });
  writeFileSync(join(dir, 'compose.yaml'), 'name: bench-build\nservices:\n  web:\n    build: app\n');
  writeFileSync(join(dir, 'app/Dockerfile'), 'FROM scratch\nCOPY . /src/\n');
  const text = Buffer.alloc(fileBytes, 'some text, ');
  for (let directory = 0; directory < directories; directory++) {
    mkdirSync(join(dir, 'app', String(directory)));
    for (let file = 0; file < filesEach; file++) {
      const head = Buffer.from(`${mark} ${directory} ${file}\n`);
      writeFileSync(join(dir, 'app', String(directory), String(file)), Buffer.concat([head, text]));
    }
  }
}

/** What `run` found, for the eye. */
export function format(cases) {
  const rows = cases.flatMap(({ context, action, results }) => {
    const reference = results.find(({ name }) => name === 'docker buildx');
    return results.map(({ name, wallMs }) => {
      const ratio = reference === undefined ? '-' : (wallMs.median / reference.wallMs.median).toFixed(2);
      const ms = [wallMs.median, wallMs.min, wallMs.max].map(shortNumber);
      const goalText = name === 'tscompose' ? String(goal) : '';
      return [`${context}: ${action}`, name, ...ms, ratio, goalText];
    });
  });
  return table([['what', 'who', 'median ms', 'min', 'max', 'ratio', 'goal'], ...rows]);
}
