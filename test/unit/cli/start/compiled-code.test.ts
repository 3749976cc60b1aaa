import { chmodSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evaluate, runCompiled } from '../../../../src/cli/start/compiled-code.js';
import { programFile } from '../../../../src/cli/start/program-text.js';

let folder: string;
let file: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compiled-'));
  file = join(folder, 'program.js');
  cache = join(folder, 'cache');
  writeProgram('6 * 7');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Always of the same age; of the same build as far as can be told when the sum is as long. */
function writeProgram(sum: string) {
  writeFileSync(file, `exports.answer = () => [${sum}, __filename, typeof require];`);
  utimesSync(file, 7, 7);
}

function run(...words: string[]) {
  const program = runCompiled<{ answer(): unknown }>(programFile(file), cache, words);
  return { program, seen: { answer: program.exports.answer(), isKept: program.isKept } };
}

const compiled = () => ({ answer: [42, file, 'function'], isKept: false });
const kept = () => ({ ...compiled(), isKept: true });

function keptFiles(): string[] {
  return readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes('/'))
    .map((path) => join(cache, path));
}

test('the second run of a command takes what the first has compiled', () => {
  const first = run('up');
  first.program.keep('up');
  expect([first.seen, run('-p', 'shop', 'up').seen]).toEqual([compiled(), kept()]);
});

test('each command has its own', () => {
  run('up').program.keep('up');
  expect(run('down').seen).toEqual(compiled());
});

test('code of another build of the program is not taken', () => {
  run('up').program.keep('up');
  utimesSync(file, 1, 1);
  expect(run('up').seen).toEqual(compiled());
});

test('damaged code is not taken, and written anew', () => {
  run('up').program.keep('up');
  for (const path of keptFiles()) writeFileSync(path, 'nonsense', { mode: 0o600 });
  writeProgram('7 * 6'); // What this process has compiled itself, V8 does not look up.
  const second = run('up');
  second.program.keep('up');
  expect([second.seen, run('up').seen]).toEqual([compiled(), kept()]);
});

test('code that somebody else could have written is not run', () => {
  run('up').program.keep('up');
  for (const path of keptFiles()) chmodSync(path, 0o622);
  expect(run('up').seen).toEqual(compiled());
});

test('a folder that cannot be made costs nothing but time', () => {
  writeFileSync(cache, 'a file');
  run('up').program.keep('up');
  expect(run('up').seen).toEqual(compiled());
});

test('the code of four builds is remembered', () => {
  for (const second of [1, 2, 3, 4, 5, 6]) {
    utimesSync(file, second, second);
    run('up').program.keep('up');
  }
  expect(keptFiles()).toHaveLength(4);
});

test('without a folder nothing is kept', () => {
  const first = runCompiled<{ answer(): unknown }>(programFile(file), undefined, ['up']);
  first.keep('up');
  expect([first.exports.answer(), run('up').seen]).toEqual([[42, file, 'function'], compiled()]);
});

test('what was compiled when the program was built is taken until a run of the command has left more', () => {
  const built = evaluate(programFile(file)).script.createCachedData();
  writeProgram('7 * 6'); // What this process has compiled itself, V8 does not look up.
  const first = evaluate(programFile(file), built);
  const program = { ...programFile(file), compiled: built };
  const second = runCompiled(program, cache, ['up']);
  second.keep('up');
  expect([
    first.script.cachedDataRejected,
    second.isKept,
    runCompiled(program, cache, ['up']).isKept,
  ]).toEqual([false, false, true]);
});
