import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { scenario } from '../../support/scenario.js';
import { get, server, shows, watcherOf } from '../../support/watcher.js';

/** SOAK_MINUTES=60 for the long one. */
const minutes = Number(process.env.SOAK_MINUTES ?? 0.15);
const lengthMs = minutes * 60_000;
const grownMiB = 60;

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state;
  }
}

async function edit(folder: string, random: () => number): Promise<void> {
  const path = () => join(folder, ...Array.from({ length: 1 + (random() % 3) }, () => `n${random() % 6}`));
  const at = path();
  try {
    const kind = random() % 10;
    if (kind === 0) await rm(at, { recursive: true });
    else if (kind === 1) await rename(at, path());
    else {
      await mkdir(dirname(at), { recursive: true });
      if (kind === 2) await mkdir(at);
      else if (kind === 3) {
        await writeFile(`${at}.tmp`, `atomic ${random()}`);
        await rename(`${at}.tmp`, at);
      } else await writeFile(at, 'x'.repeat(random() % 5000));
    }
  } catch {
    // Something is in the way: another edit will do.
  }
}

async function memoryMiB(pid: number): Promise<number> {
  const [, kib = '0'] = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

async function watchesOf(pid: number): Promise<number> {
  const { readdir } = await import('node:fs/promises');
  const folder = `/proc/${pid}/fdinfo`;
  const texts = await Promise.all(
    (await readdir(folder)).map((fd) => readFile(join(folder, fd), 'utf8').catch(() => '')),
  );
  return texts.join('\n').match(/^inotify /gm)?.length ?? 0;
}

async function ownPid(stack: { readonly folder: string; readonly project: string }): Promise<number> {
  const path = join(stack.folder, 'state/tscompose', stack.project, 'watch/reconcile.pid');
  return (JSON.parse(await readFile(path, 'utf8')) as { pid: number }).pid;
}

/** Paths with the checksums of their contents, directories too. */
const listing = 'find . -type d | sort; find . -type f -exec md5sum {} + | sort -k 2';

scenario(
  'after very many random edits the container has the tree, and neither memory nor watches have leaked',
  async (stack) => {
    const { execFileSync } = await import('node:child_process');
    const rule = '{action: sync, path: ./www, target: /www}';
    await stack.compose(`{services: {web: {${server}, develop: {watch: [${rule}]}}}}`);
    await stack.write('www/index.html', 'begin');
    const watcher = await watcherOf(stack);
    const pid = await ownPid(stack);
    const source = numbers(7);
    const random = () => source.next().value as number;
    const folder = join(stack.folder, 'www');
    let settledMiB: number | undefined;
    const endMs = Date.now() + lengthMs;
    while (Date.now() < endMs) {
      for (let burst = random() % 20; burst >= 0; burst--) await edit(folder, random);
      await eventually(async () => Date.now(), random() % 100);
      if (settledMiB === undefined && Date.now() > endMs - lengthMs / 2) settledMiB = await memoryMiB(pid);
    }
    await stack.write('www/index.html', 'end');
    await shows(stack, 'web', get('http://localhost/index.html'), 'end');
    const ours = execFileSync('sh', ['-c', listing], { cwd: folder, encoding: 'utf8' }).trim();
    await shows(stack, 'web', ['sh', '-c', `cd /www; ${listing}`], ours);
    const directories = ours.split('\n').filter((line) => line.startsWith('.')).length;
    expect({
      failures: watcher.written().match(/Failed|Watching is not complete/g) ?? [],
      grown: (await memoryMiB(pid)) - (settledMiB ?? 0) < grownMiB,
      // The directory of the project, the one that is watched, those in it, and the Compose files.
      leaked: (await watchesOf(pid)) > directories + 5,
    }).toEqual({ failures: [], grown: true, leaked: false });
  },
  { limitMs: lengthMs + 120_000 },
);
