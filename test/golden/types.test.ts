import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What people read in their editor when a definition is wrong. A case is a title, what is given to defineCompose, and
// the words of the compiler. UPDATE_GOLDEN=1 writes what it says now.
const root = resolve(import.meta.dirname, '../..');
const path = join(import.meta.dirname, 'types/messages.txt');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

const cases = readFileSync(path, 'utf8')
  .split(/^==== /m)
  .slice(1)
  .map((text) => {
    const [input = '', expected = ''] = text.split(/^---- compiler\n/m);
    const [title = '', ...lines] = input.split('\n');
    return { title, code: lines.join('\n'), expected: expected.trim() };
  });

let said: readonly string[] = [];

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tscompose-types-'));
  said = await messagesOf(folder).finally(() => rmSync(folder, { recursive: true }));
});

/** One run of the compiler over all cases, each a file of its own. */
async function messagesOf(folder: string): Promise<string[]> {
  const define = join(root, 'src/define/define-compose.js');
  for (const [index, { code }] of cases.entries())
    writeFileSync(
      join(folder, `case${index}.mts`),
      `import { defineCompose } from '${define}'; export default defineCompose({\n${code}});\n`,
    );
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const options = { ...compilerOptions, types: [], lib: ['es2023'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const run = promisify(execFile)(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    cwd: folder,
  });
  // It ends with 2: there are errors in every file.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return cases.map((_, index) => wordsAbout(`case${index}.mts`, stdout));
}

/** Lines of a file; those that follow one are indented. */
function wordsAbout(file: string, output: string): string {
  const lines = output.split(/\n(?=\S)/).filter((line) => line.startsWith(`${file}(`));
  return lines
    .map((line) => line.slice(file.length))
    .join('\n')
    .replace(/^\((\d+),/gm, (_, row: string) => `(${Number(row) - 1},`)
    .trim();
}

describe('the words of the compiler about', () => {
  it.each(cases.map((each, index) => ({ ...each, index })))('$title', ({ index, expected }) => {
    if (!isUpdate) expect(said[index]).toBe(expected);
  });

  afterAll(() => {
    if (!isUpdate) return;
    const texts = cases.map(
      ({ title, code }, index) => `==== ${title}\n${code}---- compiler\n${said[index]}\n`,
    );
    writeFileSync(path, texts.join('\n'));
  });
});
