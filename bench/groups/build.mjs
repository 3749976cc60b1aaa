// How long builds take, from the start of the process to its end, beside docker buildx on the engine of DOCKER_HOST.
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RawEngine } from '../engine/raw-engine.mjs';
import { inTurn, timed } from '../measure/process.mjs';
import { Tally } from '../measure/tally.mjs';
import { commandOf } from '../tools.mjs';

export const title = 'builds, on an engine with BuildKit';

/** Fewer rounds where one takes more. */
const contexts = [
  { name: '5 files', directories: 1, filesEach: 5, fileBytes: 1000, rounds: 5 },
  { name: '5,000 files', directories: 50, filesEach: 100, fileBytes: 2000, rounds: 5 },
  { name: '20,000 files', directories: 200, filesEach: 100, fileBytes: 2000, rounds: 3 },
  { name: 'one file of 100 MB', directories: 1, filesEach: 1, fileBytes: 100_000_000, rounds: 3 },
];

/** In this order: each finds what the one before has left behind. */
const actions = ['first', 'unchanged', 'one changed'];

export async function run({ tools: { ours, buildx }, workDir, roundsOf, say }) {
  if (buildx === undefined)
    say('docker buildx was not found: only tscompose is measured (see bench/README.md)');
  const builders = [
    { image: 'bench-build-0', commandIn: (dir) => commandOf(ours, '--project-directory', dir, 'build') },
    ...(buildx === undefined ? [] : [buildxBuilder(buildx)]),
  ];
  const tally = new Tally();
  for (const [index, context] of contexts.entries()) {
    const rounds = roundsOf(context.rounds);
    say(`${context.name}, ${rounds} rounds`);
    const dir = join(workDir, `build-${index}`);
    await measureContext(tally, context, builders, dir, rounds);
    rmSync(dir, { recursive: true, force: true });
  }
  await removeImages(builders.map(({ image }) => image));
  return tally.cases();
}

function buildxBuilder(buildx) {
  const image = 'bench-build-1';
  const commandIn = (dir) => commandOf(buildx, 'build', '--quiet', '--tag', image, join(dir, 'app'));
  return { image, commandIn };
}

/** Builder by builder in each round, each with files that no engine has seen. */
async function measureContext(tally, context, builders, dir, rounds) {
  for (const { item: builder, round, isMeasured } of inTurn(builders, rounds)) {
    // The same path in each round: the engine finds the files of the round before, all of them changed.
    const own = join(dir, builder.image);
    makeProject(own, context, builder.image, `${process.pid} ${round}`);
    for (const action of actions) {
      if (action === 'one changed') appendFileSync(join(own, 'app/0/0'), 'x');
      const command = builder.commandIn(own);
      const measures = await timed(command);
      if (isMeasured) tally.add(`${context.name}: ${action}`, command, measures);
    }
  }
}

function makeProject(dir, { directories, filesEach, fileBytes }, image, mark) {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'app'), { recursive: true });
  const service = `name: bench-build\nservices:\n  web:\n    image: ${image}\n    build: app\n`;
  writeFileSync(join(dir, 'compose.yaml'), service);
  writeFileSync(join(dir, 'app/Dockerfile'), 'FROM scratch\nCOPY . /src/\n');
  const text = Buffer.alloc(fileBytes, 'some text, ');
  for (let directory = 0; directory < directories; directory++) {
    mkdirSync(join(dir, 'app', String(directory)));
    for (let file = 0; file < filesEach; file++) {
      const head = Buffer.from(`${image} ${mark} ${directory} ${file}\n`);
      writeFileSync(join(dir, 'app', String(directory), String(file)), Buffer.concat([head, text]));
    }
  }
}

async function removeImages(images) {
  const engine = new RawEngine();
  try {
    for (const image of images) await engine.removeImage(image);
  } finally {
    engine.close();
  }
}
