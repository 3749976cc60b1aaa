// Builds with a context of many files: how long it takes, and what travels to the engine.
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countingProxy } from '../engine/counting-proxy.mjs';
import { timed } from '../measure/process.mjs';
import { Tally } from '../measure/tally.mjs';
import { commandOf } from '../tools.mjs';

export const title = 'builds and digests of 20,000 files, on an engine with BuildKit';

const directories = 200;
const filesPerDirectory = 100;
/** From 512 bytes to 16 KB, as sources and packages are: 160 MB in all. */
const sizesBytes = [512, 2048, 8192, 16384, 13824];
/** Hashes of files that were written less than this ago are not kept. */
const restMs = 2500;
const firstBuild = 'the first build';

export async function run({ tools: { ours }, workDir, say }) {
  const dir = join(workDir, 'contexts');
  const context = join(dir, 'context');
  makeContext(context);
  writeFileSync(
    join(dir, 'compose.yaml'),
    'name: bench-contexts\nservices:\n  web:\n    build:\n      context: context\n      dockerfile_inline: "FROM scratch\\nCOPY . /"\n',
  );
  const proxy = await countingProxy(join(dir, 'engine.sock'), engineSocket());
  // Of its own: the hashes of files that other groups have asked for are not there.
  const env = { ...ours.env, DOCKER_HOST: proxy.url, XDG_CACHE_HOME: join(dir, 'cache') };
  const tally = new Tally();
  let first;
  const one = async (name, ...args) => {
    proxy.takeSentBytes();
    // `plan` says with 2 that there is something to do.
    const okCodes = args[0] === 'plan' ? [0, 2] : [0];
    const run = await timed({ ...commandOf(ours, ...args), env, cwd: dir, okCodes });
    const measures = { ...run, sentBytes: proxy.takeSentBytes() };
    say(name);
    first ??= measures;
    tally.add(name, ours, measures);
    if (measures !== first) tally.add(name, { who: firstBuild }, first);
  };
  const isStale = ['plan', '--build=stale'];
  try {
    await sleep(restMs);
    await one('build, first time', 'build');
    await one('build, unchanged', 'build');
    changeOne(context);
    await one('build, one file changed', 'build');
    await sleep(restMs);
    // The hashes of that file are kept again.
    await timed({ ...commandOf(ours, ...isStale), env, cwd: dir, okCodes: [0, 2] });
    await one('is it stale? unchanged', ...isStale);
    changeOne(context);
    await one('is it stale? one file changed', ...isStale);
    touchAll(context);
    await one('is it stale? all files touched', ...isStale);
    return tally.cases();
  } finally {
    await timed({ ...commandOf(ours, 'down', '--rmi', 'local'), env, cwd: dir });
    proxy.close();
  }
}

function makeContext(context) {
  eachFile((path, index) => {
    const size = sizesBytes[index % sizesBytes.length];
    if (index % filesPerDirectory === 0) mkdirSync(join(context, path, '..'), { recursive: true });
    // No engine has seen them.
    writeFileSync(join(context, path), `${process.pid} ${index} `.repeat(size).slice(0, size));
  });
}

function touchAll(context) {
  eachFile((path) => utimesSync(join(context, path), 1_700_000_000, 1_700_000_000));
}

let changes = 0;

function changeOne(context) {
  writeFileSync(join(context, 'd7/s7/file7.txt'), `changed ${process.pid} ${changes++}`);
}

function eachFile(visit) {
  for (let index = 0; index < directories * filesPerDirectory; index++) {
    const directory = Math.floor(index / filesPerDirectory);
    visit(`d${directory % 20}/s${directory}/file${index % filesPerDirectory}.txt`, index);
  }
}

function engineSocket() {
  const host = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock';
  if (!host.startsWith('unix://')) throw new Error(`bytes are counted on a unix socket only, not on ${host}`);
  return host.slice('unix://'.length);
}
