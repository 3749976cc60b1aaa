import { expect, test } from 'vitest';
import { chooseEntries } from '../../../../../src/engine/docker/build/buildkit/session/files/choose-entries.js';
import { contextFiles } from '../../../../support/context-files.js';

const files = contextFiles({
  '.dockerignore': '',
  'a.txt': '',
  'src/index.ts': '',
  'src/lib/deep.ts': '',
  'src/lib/notes.md': '',
  'srcs/other.ts': '',
  inside: { link: 'src/lib' },
  absolute: { link: '/src/index.ts' },
  outside: { link: '../../a.txt' },
  round: { link: 'round' },
  first: { link: 'inside' },
});

const everything = (await files.list()).map(({ path }) => path);

const cases: readonly {
  readonly title: string;
  readonly follow?: readonly string[];
  readonly include?: readonly string[];
  readonly paths: readonly string[];
}[] = [
  { title: 'nothing asked for is everything', paths: everything },
  { title: 'the top is everything', follow: ['a.txt', '.'], paths: everything },
  {
    title: 'a file comes with the directories that it is in',
    follow: ['src/lib/deep.ts'],
    paths: ['src', 'src/lib', 'src/lib/deep.ts'],
  },
  {
    title: 'a directory comes with all that is in it, and not with its namesakes',
    follow: ['/src/'],
    paths: ['src', 'src/index.ts', 'src/lib', 'src/lib/deep.ts', 'src/lib/notes.md'],
  },
  { title: 'a wildcard stops at slashes', follow: ['src/*.ts'], paths: ['src', 'src/index.ts'] },
  {
    title: 'wildcards name directories too',
    follow: ['sr?/l*/*.md'],
    paths: ['src', 'src/lib', 'src/lib/notes.md'],
  },
  {
    title: 'a link comes with what it leads to',
    follow: ['inside/deep.ts'],
    paths: ['inside', 'src', 'src/lib', 'src/lib/deep.ts'],
  },
  {
    title: 'links lead to links',
    follow: ['first/notes.md'],
    paths: ['first', 'inside', 'src', 'src/lib', 'src/lib/notes.md'],
  },
  {
    title: 'the root of a link is the top',
    follow: ['absolute'],
    paths: ['absolute', 'src', 'src/index.ts'],
  },
  { title: 'no link leads out', follow: ['outside'], paths: ['a.txt', 'outside'] },
  { title: 'a link that goes round in a circle comes alone', follow: ['round'], paths: ['round'] },
  { title: 'what is not there is nothing', follow: ['nobody'], paths: [] },
  {
    title: 'patterns reach through directories',
    include: ['**/*.md'],
    paths: ['src', 'src/lib', 'src/lib/notes.md'],
  },
];

test.each(cases)('$title', async ({ follow = [], include = [], paths }) => {
  const chosen = chooseEntries(await files.list(), { follow, include });
  expect(chosen.map(({ path }) => path)).toEqual(paths);
});
