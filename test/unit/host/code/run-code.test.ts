import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCode } from '../../../../src/host/code/run-code.js';
import type { CodeValue } from '../../../../src/model/compose-code.js';
import { codeModules } from '../../../support/code-modules.js';

let directory: string;
let printed: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tscompose-run-'));
  printed = '';
});

afterEach(() => rm(directory, { recursive: true }));

/** Runs the first of the files: the value that it gives, without places, or what is wrong. */
async function run(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = { A: 'a' },
): Promise<unknown> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  const [first = ''] = Object.keys(files);
  const variables = new Map(Object.entries(environment));
  const request = { path: join(directory, first), environment: variables, instance: 'one' };
  const modules = await codeModules();
  const { outcome } = await runCode(request, { modules, print: (text) => (printed += text) });
  return outcome.ok ? plain(outcome.value) : outcome.problems.map(({ message }) => message);
}

function plain(value: CodeValue): unknown {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(plain);
  return Object.fromEntries(value.entries.map(({ key, value: below }) => [key, plain(below)]));
}

test('a module may be written in any of the forms that Node has', async () => {
  const forms = [
    { 'a.ts': 'export default { n: 1 as number };' },
    { 'b.mts': 'const n: number = 1; export default { n };' },
    { 'c.js': 'export default { n: 1 };' },
    { 'd.mjs': 'export default { n: 1 };' },
    { 'e/e.js': 'module.exports = { n: 1 };' },
    { 'f/f.js': 'exports.__esModule = true; exports.default = { n: 1 };' },
  ];
  const values = [];
  for (const files of forms) values.push(await run(files));
  expect(values).toEqual(forms.map(() => ({ n: 1 })));
});

test('what is exported may be a function, a promise, or a function that gives one', async () => {
  const values = [
    await run({ 'a.ts': 'export default ({ env, instance }) => ({ a: env.A, instance });' }),
    await run({ 'b.ts': 'export default Promise.resolve({ a: process.env.A });' }),
    await run({
      'c.ts': 'export default async () => ({ a: (await import("./d.ts")).a });',
      'd.ts': 'export const a = "a";',
    }),
  ];
  expect(values).toEqual([{ a: 'a', instance: 'one' }, { a: 'a' }, { a: 'a' }]);
});

test('files are imported with any ending that TypeScript knows, and packages from where they are installed', async () => {
  expect(
    await run({
      'main.ts': `import a from './a'; import b from './b.js'; import c from './c/index'; import d from './d';
import e from 'some-package'; import { type Mode, mode } from './mode';
export default { a, b, c, d, e, mode: mode satisfies Mode };`,
      'a.ts': 'export default 1;',
      'b.ts': 'export default 2;',
      'c/index.ts': 'export default 3;',
      'd/index.ts': 'export default 4;',
      'mode.ts': 'export type Mode = 5; export const mode: Mode = 5;',
      'node_modules/some-package/package.json': '{ "main": "main.js" }',
      'node_modules/some-package/main.js': 'module.exports = require("./part");',
      'node_modules/some-package/part.js': 'module.exports = "package";',
    }),
  ).toEqual({ a: 1, b: 2, c: 3, d: 4, e: 'package', mode: 5 });
});

test('tscompose need not be installed beside a definition', async () => {
  expect(
    await run({
      'compose.ts': `import { type ComposeContext, defineCompose } from 'tscompose';
export default defineCompose(({ instance }: ComposeContext) => ({ services: {}, name: instance }));`,
    }),
  ).toEqual({ services: {}, name: 'one' });
});

test('every run reads its modules anew', async () => {
  const first = await run({
    'compose.ts': `export { a as default } from './part.ts';`,
    'part.ts': 'export const a = { n: 1 };',
  });
  const second = await run({
    'compose.ts': `export { a as default } from './part.ts';`,
    'part.ts': 'export const a = { n: 2 };',
  });
  expect([first, second]).toEqual([{ n: 1 }, { n: 2 }]);
});

test('what code prints is handed on, whichever stream it takes', async () => {
  await run({ 'a.ts': 'console.log("one"); console.error("two"); export default {};' });
  expect(printed.split('\n').sort()).toEqual(['', 'one', 'two']);
});

test('what code leaves running ends with it', async () => {
  expect(await run({ 'a.ts': 'setInterval(() => {}, 1000); export default { n: 1 };' })).toEqual({ n: 1 });
});

test('what is undefined is left out', async () => {
  expect(await run({ 'a.ts': 'export default { a: undefined, b: null, c: { d: undefined } };' })).toEqual({
    b: null,
    c: {},
  });
});

test('options for Node in the environment are not for the thread, and the code sees them', async () => {
  const files = { 'a.ts': 'export default { options: process.env.NODE_OPTIONS };' };
  const given = ['--no-such-option', '--require=/nowhere.js', '--title=mine'];
  const values = [];
  for (const options of given) values.push(await run(files, { NODE_OPTIONS: options }).catch(String));
  expect(values).toEqual(given.map((options) => ({ options })));
});
