import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIgnoreRules } from '../../../../src/host/context/ignore-rules.js';
import { walkDirectory } from '../../../../src/host/context/walk-directory.js';
import { TemporaryTree } from '../support/temporary-tree.js';

interface IgnoreCase {
  readonly rules: string;
  readonly gone?: readonly string[];
  readonly kept?: readonly string[];
  readonly broken?: boolean;
}

/**
 * What `docker buildx build` of `FROM scratch`, `COPY . /` left of the tree with each of these texts as .dockerignore
 * (buildx 0.29, BuildKit of Docker 28.5): measured, not thought. `gone` or `kept`, whichever is shorter.
 */
const { tree, cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../support/ignore-cases.json'), 'utf8'),
) as { readonly tree: readonly string[]; readonly cases: readonly IgnoreCase[] };

let context: TemporaryTree;
beforeAll(async () => {
  context = await TemporaryTree.create(Object.fromEntries(tree.map((path) => [path, path])));
});
afterAll(() => context.dispose());

async function keptBy(rules: string): Promise<string[]> {
  const entries = await walkDirectory(context.root, parseIgnoreRules(rules, '/app/.dockerignore'));
  return entries.map(({ path, kind }) => (kind === 'directory' ? `${path}/` : path)).sort();
}

describe('a .dockerignore leaves of a directory what it leaves with docker', () => {
  test.each(cases.filter(({ broken }) => broken !== true))('$rules', async ({ rules, gone, kept }) => {
    const expected = kept ?? tree.filter((path) => gone?.includes(path) !== true);
    expect(await keptBy(rules)).toEqual([...expected].sort());
  });
});

test.each(cases.filter(({ broken }) => broken === true))(
  'a pattern that docker does not take is an error with its line: $rules',
  ({ rules }) => {
    expect(() => parseIgnoreRules(`ok\n${rules}`, '/app/.dockerignore')).toThrow('/app/.dockerignore:2: ');
  },
);

test('a directory that is ignored and holds no exception is never looked into', () => {
  const rules = parseIgnoreRules('node_modules\n.git\n*\n!src/**/*.ts\n!*.json\n!docs/a/b.md', '/x');
  const directories = ['node_modules', '.git', 'src', 'src/deep', 'docs', 'docs/a', 'docs/b', 'docs/a/b.md'];
  expect(directories.filter((path) => rules.mayKeepBelow(path))).toEqual([
    'src',
    'src/deep',
    'docs',
    'docs/a',
  ]);
});

test('a path is judged with the directories above it', () => {
  const rules = parseIgnoreRules('build\n!build/keep', '/x');
  const paths = ['build', 'build/a/b', 'build/keep', 'build/keep/c', 'other/build'];
  expect(paths.filter((path) => rules.ignores(path))).toEqual(['build', 'build/a/b']);
});
