#!/usr/bin/env node
// `npm run build:exe [-- --node VERSION_OR_PATH] [--out FILE]`: makes dist-exe/tscompose, one file that needs no Node
// beside it. What it is and how to make it for other systems: docs/executable.md.
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, SetupError, say, step } from '../setup/say.mjs';
import { compileAhead } from './compile-ahead.mjs';
import { nodeFor, withoutSymbols } from './node-program.mjs';
import { packExecutable } from './pack.mjs';
import { buildParts } from './parts.mjs';

const root = join(import.meta.dirname, '../..');
const suffix = process.platform === 'win32' ? '.exe' : '';

await runMain(async () => {
  const { node: wish, out = join(root, `dist-exe/tscompose${suffix}`) } = options();
  const file = resolve(out);
  const work = await mkdtemp(join(tmpdir(), 'tscompose-exe-'));
  try {
    const node = await step('node', () => nodeFor(wish));
    const base = await step('symbols', () => withoutSymbols(node, work));
    const parts = await step('parts', () => buildParts(root, join(work, 'parts'), node));
    await mkdir(dirname(file), { recursive: true });
    await step('compiled', () => compileAhead({ node, base, parts, work }));
    await step('executable', () => packExecutable({ node, base, parts, work, file }));
    await parts.writeNotices(join(dirname(file), 'THIRD-PARTY.txt'));
    const { size } = await stat(file);
    say(`\n${relative(process.cwd(), file)}: ${(size / 1e6).toFixed(0)} MB`);
    return 0;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
});

function options() {
  try {
    return parseArgs({ options: { node: { type: 'string' }, out: { type: 'string' } } }).values;
  } catch (error) {
    throw new SetupError(`${error.message}\nnpm run build:exe [-- --node VERSION_OR_PATH] [--out FILE]`);
  }
}
