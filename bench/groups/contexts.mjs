// Builds with a context of many files: how long it takes, and what travels to the engine.
import { spawn } from 'node:child_process';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countingProxy } from '../counting-proxy.mjs';
import { shortNumber, table } from '../harness.mjs';

export const title = 'contexts: builds and digests of 20,000 files, on an engine with BuildKit';

const directories = 200;
const filesPerDirectory = 100;
/** From 512 bytes to 16 KB, as sources and packages are: 160 MB in all. */
const sizesBytes = [512, 2048, 8192, 16384, 13824];
/** Hashes of files that were written less than this ago are not kept. */
const restMs = 2500;

/** @param {{ours: string[], workDir: string, say(line: string): void}} context */
export async function run({ ours, workDir, say }) {
  const context = join(workDir, 'context');
  const contextBytes = makeContext(context);
  writeFileSync(
    join(workDir, 'compose.yaml'),
    'name: bench-contexts\nservices:\n  web:\n    build:\n      context: context\n      dockerfile_inline: "FROM scratch\\nCOPY . /"\n',
  );
  const proxy = await countingProxy(join(workDir, 'engine.sock'), engineSocket());
  const one = async (name, args) => {
    proxy.takeSentBytes();
    const wallMs = await timed([...ours, ...args], workDir, proxy.url);
    say(`  ${name}: ${shortNumber(wallMs)} ms`);
    return { name, wallMs, sentBytes: proxy.takeSentBytes() };
  };
  const stale = ['plan', '--build=stale'];
  try {
    await sleep(restMs);
    const cases = [await one('build, first time', ['build']), await one('build, unchanged', ['build'])];
    changeOne(context);
    cases.push(await one('build, one file changed', ['build']));
    await sleep(restMs);
    await one('(hashes of that file are kept again)', stale);
    cases.push(await one('is it stale? unchanged', stale));
    changeOne(context);
    cases.push(await one('is it stale? one file changed', stale));
    touchAll(context);
    cases.push(await one('is it stale? all files touched', stale));
    return cases.map((found) => ({ ...found, contextBytes }));
  } finally {
    await timed([...ours, 'down', '--rmi', 'local'], workDir, proxy.url);
    proxy.close();
  }
}

function makeContext(context) {
  let bytes = 0;
  eachFile((path, index) => {
    const size = sizesBytes[index % sizesBytes.length];
    if (index % filesPerDirectory === 0) mkdirSync(join(context, path, '..'), { recursive: true });
    writeFileSync(join(context, path), `${index} `.repeat(size).slice(0, size));
    bytes += size;
  });
  return bytes;
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

/** Without waiting for it in one go: the proxy is in this process. */
async function timed([program, ...args], cwd, dockerHost) {
  const env = { ...process.env, DOCKER_HOST: dockerHost, XDG_CACHE_HOME: join(cwd, 'cache') };
  const startedAt = process.hrtime.bigint();
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  // `plan` says with 2 that there is something to do.
  if (code !== 0 && !(code === 2 && args.includes('plan')))
    throw new Error(`${args.join(' ')} failed: ${said}`);
  return Number(process.hrtime.bigint() - startedAt) / 1e6;
}

function engineSocket() {
  const host = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock';
  if (!host.startsWith('unix://')) throw new Error(`bytes are counted on a unix socket only, not on ${host}`);
  return host.slice('unix://'.length);
}

export function format(cases) {
  const first = cases[0].sentBytes;
  const rows = cases.map(({ name, wallMs, sentBytes }) => [
    name,
    shortNumber(wallMs),
    shortNumber(sentBytes / 1024),
    `${((100 * sentBytes) / first).toFixed(2)} %`,
  ]);
  return table([['what', 'ms', 'KiB sent', 'of the first'], ...rows]);
}
