import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ProblemCode, problemCodes } from '../../src/problems/codes.js';
import { applyErrors } from '../support/errors/apply-errors.js';
import { engineErrors } from '../support/errors/engine-errors.js';
import { type ErrorCase, run, type Said } from '../support/errors/error-case.js';
import { fileErrors } from '../support/errors/file-errors.js';
import { instanceErrors } from '../support/errors/instance-errors.js';
import { runWatch, watchCommand, watchErrors, watchFiles } from '../support/errors/watch-errors.js';

// A file for each code, with every word that is said when it goes wrong; those of files that do not load are in
// broken/. UPDATE_GOLDEN=1 writes what is said now: read it as the person at the terminal would, before you keep it.
const folder = join(import.meta.dirname, 'errors');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

interface Golden extends Pick<ErrorCase, 'code' | 'title' | 'files' | 'command' | 'before' | 'environment'> {
  readonly run: () => Promise<Said>;
}

const cases: readonly Golden[] = [
  ...[...fileErrors, ...instanceErrors, ...engineErrors, ...applyErrors].map((each) => ({
    ...each,
    run: () => run(each),
  })),
  ...watchErrors.map((each) => ({
    ...each,
    files: watchFiles('/project'),
    command: watchCommand,
    run: () => runWatch(each),
  })),
];

/** Whoever ends something knows that they did; flags that exclude each other are named. */
const selfEvident: ReadonlySet<ProblemCode> = new Set(['cancelled', 'usage/invalid']);

const codes = [...new Set(cases.map(({ code }) => code))];
const pathOf = (code: ProblemCode) => join(folder, `${code.replace('/', '-')}.txt`);

describe.each(codes)('%s', (code) => {
  const own = cases.filter((each) => each.code === code);
  const said = new Map<string, string>();
  const golden = existsSync(pathOf(code)) ? readFileSync(pathOf(code), 'utf8') : '';

  it.each(own)('$title', async (each) => {
    const text = caseText(each, await each.run());
    said.set(each.title, text);
    if (!isUpdate) expect(text).toBe(partOf(golden, each.title));
  });

  afterAll(() => {
    if (!isUpdate) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(pathOf(code), own.map(({ title }) => said.get(title) ?? '').join('\n'));
  });
});

describe('the goldens of what goes wrong', () => {
  const texts = () => codes.map((code) => [code, readFileSync(pathOf(code), 'utf8')] as const);

  it('show each code at least once', () => {
    const others = Object.keys(problemCodes).filter((code) => !code.startsWith('config/'));
    expect(others.filter((code) => !codes.some((shown) => shown === code))).toEqual([]);
  });

  it('have no file that no code has', () => {
    expect(
      readdirSync(folder).filter((file) => !codes.some((code) => pathOf(code).endsWith(`/${file}`))),
    ).toEqual([]);
  });

  it('name their code', () => {
    // Who ends something knows that they did.
    const saidOf = (text: string) =>
      text
        .split(/^---- stderr/m)
        .slice(1)
        .join('');
    const silent = texts().filter(([code, text]) => code !== 'cancelled' && !saidOf(text).includes(code));
    expect(silent.map(([code]) => code)).toEqual([]);
  });

  it('say what to do, where that does not go without saying', () => {
    const silent = texts().flatMap(([code, text]) =>
      text
        .split(/^==== /m)
        .slice(1)
        .filter(
          (part) =>
            !selfEvident.has(code) && !/ {2}hint: |"hint":/.test(part.split(/^---- stderr/m)[1] ?? ''),
        )
        .map((part) => `${code}: ${part.split('\n', 1)[0]}`),
    );
    expect(silent).toEqual([]);
  });
});

/** A title, the files, the command with those before it, and what is said. */
function caseText(
  { title, files, command, before = [], environment = {} }: Golden,
  { stderr, exitCode }: Said,
): string {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${value} `);
  const earlier = before.map((each) =>
    typeof each === 'string' ? `$ tscompose ${each}\n` : earlierText(each),
  );
  return [
    `==== ${title}\n`,
    ...Object.entries(files).map(([path, text]) => `---- ${path}\n${text.trimEnd()}\n`),
    ...(earlier.length === 0 ? [] : ['---- before\n', ...earlier]),
    `---- $ ${settings.join('')}tscompose ${command}\n`,
    `---- stderr, exit code ${exitCode}\n${stderr}`,
  ].join('');
}

function earlierText({ command, files }: Exclude<NonNullable<Golden['before']>[number], string>): string {
  const texts = Object.entries(files).map(([path, text]) => `# ${path}\n${text.trimEnd()}\n`);
  return `${texts.join('')}$ tscompose ${command}\n`;
}

function partOf(golden: string, title: string): string {
  const parts = golden.split(/^(?===== )/m).map((part) => `${part.trimEnd()}\n`);
  return parts.find((part) => part.startsWith(`==== ${title}\n`)) ?? '';
}
