import { describe, expect, test } from 'vitest';
import { locateValue } from '../../../../src/host/code/locate/locate-value.js';
import type { CodeSpan, CodeValue } from '../../../../src/model/compose-code.js';

type Files = Readonly<Record<string, string>>;

/** The text at the place of a value; in brackets when it is only the nearest place. */
function textAt({ file, start, end, isInside }: CodeSpan, files: Files): string {
  const text = (files[file] ?? '').slice(start, end);
  return isInside === undefined ? text : `(${text})`;
}

/** Each scalar of the value, as `path: text in the code`. */
function placesIn(value: CodeValue, files: Files, path = ''): string[] {
  if (value.kind === 'scalar') return [`${path}: ${textAt(value.at, files)}`];
  if (value.kind === 'list')
    return value.items.flatMap((item, at) => placesIn(item, files, `${path}[${at}]`));
  return value.entries.flatMap(({ key, value: below }) => placesIn(below, files, `${path}.${key}`));
}

function placesOf(code: string, value: unknown, exported: 'value' | 'function' = 'value', more: Files = {}) {
  const files: Files = { '/main.ts': code, ...more };
  const located = locateValue({
    path: '/main.ts',
    texts: new Map(Object.entries(files)),
    fileOf: (_, specifier) => specifier.replace(/^\.\/(.*)$/, '/$1.ts'),
    exported,
    value,
  });
  return placesIn(located.value, files);
}

describe('a value stands where it is written:', () => {
  test.each<[string, string, unknown, readonly string[]]>([
    [
      'in a literal',
      'export default { a: 1, b: [true, null] }',
      { a: 1, b: [true, null] },
      ['.a: 1', '.b[0]: true', '.b[1]: null'],
    ],
    ['behind a name', 'const a = 1; export default { a }', { a: 1 }, ['.a: 1']],
    [
      'behind `as`, `satisfies` and `!`',
      'export default { a: (1 as number)!, b: 2 satisfies number }',
      { a: 1, b: 2 },
      ['.a: 1', '.b: 2'],
    ],
    [
      'behind calls that hand on',
      'export default defineCompose(Object.freeze({ a: 1 }))',
      { a: 1 },
      ['.a: 1'],
    ],
    ['in the branch that was taken', 'export default { a: x ? "one" : "two" }', { a: 'two' }, ['.a: "two"']],
    [
      'in the default that was taken',
      'export default { a: process.env.A ?? "none" }',
      { a: 'none' },
      ['.a: "none"'],
    ],
    [
      'in a member of an object',
      'const all = { web: { a: 1 } }; export default all.web',
      { a: 1 },
      ['.a: 1'],
    ],
    ['in a template', 'export default { a: `x${y}` }', { a: 'xy' }, ['.a: `x${y}`']],
    [
      'in the last place that says it',
      'const a = { a: 1, b: 2 }; export default { ...a, b: 3 }',
      { a: 1, b: 3 },
      ['.a: 1', '.b: 3'],
    ],
    ['in a spread behind it', 'const a = { b: 2 }; export default { b: 1, ...a }', { b: 2 }, ['.b: 2']],
    [
      'on both sides of a spread',
      'export default [1, ...more(), 2]',
      [1, 5, 6, 2],
      ['[0]: 1', '[1]: (...more())', '[2]: (...more())', '[3]: 2'],
    ],
    ['in an export by name', 'const a = { b: 1 }; export { a as default }', { b: 1 }, ['.b: 1']],
    ['in CommonJS', 'module.exports = { b: 1 }', { b: 1 }, ['.b: 1']],
  ])('%s', (_rule, code, value, expected) => {
    expect(placesOf(code, value)).toEqual(expected);
  });

  test('in another file', () => {
    const parts = { '/parts.ts': 'export const part = { a: 1 }; export default 2;' };
    const code = 'import other, { part as own } from "./parts"; export default { own, other }';
    expect(placesOf(code, { own: { a: 1 }, other: 2 }, 'value', parts)).toEqual(['.own.a: 1', '.other: 2']);
  });

  test.each([
    ['an arrow function', 'export default () => ({ a: 1 })'],
    [
      'a function with several results',
      'export default function (c) { if (c) return { b: 2 }; return { a: 1 }; }',
    ],
    ['a function with a name', 'const make = () => { return { a: 1 }; }; export default defineCompose(make)'],
  ])('in the result of %s', (_rule, code) => {
    expect(placesOf(code, { a: 1 }, 'function')).toEqual(['.a: 1']);
  });
});

describe('the nearest place is taken, and said to be that,', () => {
  test.each<[string, string, unknown, readonly string[]]>([
    ['for what a call makes', 'export default { a: make() }', { a: { b: 1 } }, ['.a.b: (make())']],
    [
      'for what a spread of a call brings',
      'export default { a: 1, ...make() }',
      { a: 1, b: 2 },
      ['.a: 1', '.b: (make())'],
    ],
    ['for keys that are worked out', 'export default { [key()]: 1 }', { k: 1 }, ['.k: ([key()]: 1)']],
    [
      'for a literal that was changed since',
      'const a = { b: 1 }; a.c = 2; export default { a }',
      { a: { b: 1, c: 2 } },
      ['.a.b: (a)', '.a.c: (a)'],
    ],
    ['for what nobody exports', 'export * from "elsewhere"', { a: 1 }, ['.a: ()']],
    ['for text that no parser reads', 'export default {', { a: 1 }, ['.a: ()']],
  ])('%s', (_rule, code, value, expected) => {
    expect(placesOf(code, value)).toEqual(expected);
  });
});

test('names that lead in a circle end somewhere', () => {
  const code = 'const a = { ...b, x: c }, b = { ...a, x: c }, c = d, d = c; export default { ...a }';
  expect(placesOf(code, { x: 1 })).toEqual(['.x: c']);
});
