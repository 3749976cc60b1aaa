// How long it takes from a save to the file in the container, and how watching begins in a large repository.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { inTurn } from '../measure/process.mjs';
import { Tally } from '../measure/tally.mjs';
import { WatchedStack } from '../projects/watched-stack.mjs';

export const title = 'from a save to the container';

const burstFiles = 1000;
const ignoredDirectories = 2000;
const filesInEach = 100;
/** docker compose says that it watches before it watches all. */
const settleMs = 2000;

export async function run({ tools: { ours, dockerCompose }, workDir, roundsOf, say }) {
  const tools = [ours, dockerCompose].filter(Boolean);
  const tally = new Tally();
  await savedFiles(tally, tools, workDir, { roundsOf, say });
  const rounds = roundsOf(5);
  say(`start beside ${ignoredDirectories * filesInEach} files in node_modules, ${rounds} rounds`);
  await largeRepository(tally, tools, join(workDir, 'watch-large'), rounds);
  return tally.cases();
}

/** Each tool watches a stack of its own all the time; the first save goes unmeasured: it opens connections. */
async function savedFiles(tally, tools, workDir, { roundsOf, say }) {
  const stacks = tools.map(
    (tool, at) => new WatchedStack(tool, join(workDir, `watch-${at}`), `bench-watch-${at}-${process.pid}`),
  );
  const all = Array.from({ length: burstFiles }, (_, index) => index);
  const kinds = [
    ['one file', ['one'], roundsOf(20)],
    [`${burstFiles} files at once`, all, roundsOf(5)],
  ];
  try {
    for (const stack of stacks) await stack.begin(['one', ...all]);
    for (const [name, files, rounds] of kinds) {
      say(`${name}, ${rounds} rounds`);
      for (const { item: stack, round, isMeasured } of inTurn(stacks, rounds)) {
        const wallMs = await stack.save(files, round);
        if (isMeasured) tally.add(name, stack.tool, { wallMs, peakRssMiB: stack.seen().peakRssMiB });
      }
    }
  } finally {
    for (const stack of stacks) await stack.end();
  }
}

async function largeRepository(tally, tools, folder, rounds) {
  const stacks = tools.map((tool, at) => new WatchedStack(tool, folder, `bench-large-${at}-${process.pid}`));
  writeFiles(join(folder, 'src/node_modules'), ignoredDirectories, filesInEach);
  writeFiles(join(folder, 'src'), 50, 20);
  for (const { item: stack, isMeasured } of inTurn(stacks, rounds, 0)) {
    const wallMs = await stack.start();
    await rest(settleMs);
    const { watches, peakRssMiB } = stack.seen();
    await stack.stop();
    if (isMeasured)
      tally.add('start beside 200,000 ignored files', stack.tool, { wallMs, peakRssMiB, watches });
  }
}

function writeFiles(folder, directories, filesEach) {
  for (let directory = 0; directory < directories; directory++) {
    const path = join(folder, `module-${directory}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < filesEach; file++) writeFileSync(join(path, `${file}.ts`), '');
  }
}
