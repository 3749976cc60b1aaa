#!/usr/bin/env node
// `npm run build:exe [-- --node VERSION_OR_PATH] [--out FILE]`: makes dist-exe/tscompose, one file that needs no Node
// beside it. What it is and how to make it for other systems: docs/executable.md.
import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, SetupError, say, step } from '../setup/say.mjs';
import { writeNotices } from '../third-party.mjs';
import { compileAhead } from './compile-ahead.mjs';
import { joinExecutable } from './join.mjs';
import { copyWithoutSymbols, nodeFor, noticeOf } from './node-program.mjs';
import { buildParts } from './parts.mjs';

const root = join(import.meta.dirname, '../..');
const suffix = process.platform === 'win32' ? '.exe' : '';

await runMain(async () => {
  const { node, out = join(root, `dist-exe/tscompose${suffix}`) } = options();
  const file = resolve(out);
  const work = await mkdtemp(join(tmpdir(), 'tscompose-exe-'));
  try {
    await buildExecutable(node, file, work);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const { size } = await stat(file);
  say(`\n${relative(process.cwd(), file)}: ${(size / 1e6).toFixed(0)} MB`);
  return 0;
});

async function buildExecutable(wish, file, work) {
  const node = await step('node', () => nodeFor(wish));
  const base = join(work, 'node');
  await step('symbols', () => copyWithoutSymbols(node, base));
  const { bin, main, assets, inputs } = await step('parts', () => buildParts(root, join(work, 'parts')));
  const compiled = await step('compiled', () => compileAhead(node, bin, work));
  const parts = { main, assets: { ...assets, 'program.code': compiled } };
  const joined = join(work, `tscompose${suffix}`);
  await step('joined', () => joinExecutable({ node, base, parts, work, file: joined }));
  await replace(file, joined);
  writeNotices({ inputs }, root, join(dirname(file), 'THIRD-PARTY.txt'), await noticeOf(node));
}

/** What runs cannot be written to, but what is in its place can be another file. */
async function replace(file, by) {
  const draft = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await copyFile(by, draft);
  await rename(draft, file);
}

function options() {
  try {
    return parseArgs({ options: { node: { type: 'string' }, out: { type: 'string' } } }).values;
  } catch (error) {
    throw new SetupError(`${error.message}\nnpm run build:exe [-- --node VERSION_OR_PATH] [--out FILE]`);
  }
}
