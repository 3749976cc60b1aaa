import fc from 'fast-check';
import { test } from 'vitest';
import { parseIgnoreRules } from '../../src/host/context/ignore-rules.js';

const name = fc.constantFrom('a', 'b', 'ab', 'foo', 'barfoo', 'a.txt', 'x+y');
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const atom = fc.constantFrom(
  'a',
  'b',
  'foo',
  '*',
  '**',
  '?',
  '*o',
  'a*',
  '[ab]',
  '[^a]',
  '*.txt',
  '**foo',
  'x+y',
  '\\a',
);
const pattern = fc
  .tuple(
    fc.constantFrom('', '!', '/'),
    fc.array(atom, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '/'),
  )
  .map(([start, atoms, end]) => `${start}${atoms.join('/')}${end}`);
const text = fc.array(pattern, { maxLength: 6 }).map((lines) => lines.join('\n'));

function directoriesAbove(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

test('what is kept lies in directories that are kept, or that may keep something below', () => {
  fc.assert(
    fc.property(text, path, (lines, kept) => {
      const rules = parseIgnoreRules(lines, '/.dockerignore');
      if (rules.ignores(kept)) return true;
      return directoriesAbove(kept).every((above) => !rules.ignores(above) || rules.mayKeepBelow(above));
    }),
    { numRuns: 5000 },
  );
});

test('rules without exceptions ignore all that is in an ignored directory', () => {
  const noExceptions = text.map((lines) => lines.replace(/^!/gm, ''));
  fc.assert(
    fc.property(noExceptions, path, name, (lines, directory, inside) => {
      const rules = parseIgnoreRules(lines, '/.dockerignore');
      return !rules.ignores(directory) || rules.ignores(`${directory}/${inside}`);
    }),
    { numRuns: 2000 },
  );
});
