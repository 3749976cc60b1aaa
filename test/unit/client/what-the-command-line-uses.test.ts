import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../../../src');
/** What belongs to this process, and what only says in words what was done. */
const ownOfProgram = ['cli', 'client', 'host', 'model', 'problems', 'report'];

interface Name {
  readonly file: string;
  readonly name: string;
}

/** Values by name that a text takes from other files, without types. */
function namesIn(path: string, pattern: RegExp): Name[] {
  const text = readFileSync(join(src, path), 'utf8');
  return [...text.matchAll(pattern)].flatMap(({ groups: { names = '', from = '' } = {} }) => {
    const file = relative(src, resolve(src, dirname(path), from)).replace(/\.js$/, '.ts');
    return names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => ({ file, name: name.split(/ as |:/)[0]?.trim() ?? '' }));
  });
}

const imported = [
  /import \{(?<names>[^}]*)\} from '(?<from>\.[^']*)'/g,
  /const \{(?<names>[^}]*)\} = await import\('(?<from>\.[^']*)'\)/g,
];
const lateImported = /\(await import\('(?<from>\.[^']*)'\)\)\.(?<names>\w+)/g;

test('what the command line does, any program can do: tscompose/core has each function that it calls', () => {
  const core = namesIn('core.ts', /export \{(?<names>[^}]*)\} from '(?<from>[^']*)'/g);
  const has = ({ file, name }: Name) => core.some((each) => each.file === file && each.name === name);
  const used = readdirSync(join(src, 'cli'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [...imported, lateImported].flatMap((each) => namesIn(join('cli', path), each)))
    .filter(({ file }) => !ownOfProgram.includes(file.split('/')[0] ?? '') && file !== 'version.ts');
  const hidden = used.filter((each) => !has(each)).map(({ file, name }) => `${file}: ${name}`);
  expect({ hidden: [...new Set(hidden)], areAnyUsed: used.length > 100 }).toEqual({
    hidden: [],
    areAnyUsed: true,
  });
});
