import { chmod, rename, utimes } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeBuildPlaces } from '../../src/host/build-places.js';
import { imageBuild } from '../support/image-build.js';
import { TemporaryTree, type Tree } from '../unit/host/support/temporary-tree.js';

const name = fc.constantFrom('a', 'b', 'B', 'a b', 'ü', '"q"', 'line\nfeed', '-', '😀');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => [...names, 'end'].join('/'));
const content = fc.constantFrom('', 'x', 'y', 'x\n', 'long '.repeat(100));
const trees: fc.Arbitrary<Tree> = fc.dictionary(path, content, { minKeys: 1, maxKeys: 8 });

type Change = (tree: TemporaryTree, victim: string) => Promise<unknown>;

const visible: Readonly<Record<string, Change>> = {
  content: (tree, victim) => tree.write({ [victim]: 'changed' }),
  mode: (tree, victim) => chmod(tree.at(victim), 0o600),
  name: (tree, victim) => rename(tree.at(victim), tree.at(`${victim}2`)),
  removal: (tree, victim) => tree.remove(victim),
  addition: (tree, victim) => tree.write({ [`${victim}.new`]: '' }),
  kind: async (tree, victim) => {
    await tree.remove(victim);
    await tree.write({ [victim]: { to: 'x' } });
  },
};

const invisible: Readonly<Record<string, Change>> = {
  time: (tree, victim) => utimes(tree.at(victim), 1_000_000_000, 1_000_000_000),
  'the same content again': async () => {},
  'an ignored file': (tree, victim) => tree.write({ [`${victim}.log`]: 'line' }),
  'a directory of ignored files': (tree) => tree.write({ 'logs/deep/file': 'line' }),
};

/** Whether the digest differs after a change of one file. */
async function differs(given: Tree, change: Change, pick: number): Promise<boolean> {
  const tree = await TemporaryTree.create({ ...given, '.dockerignore': '**/*.log\nlogs\nhome\n' });
  try {
    const paths = Object.keys(given);
    const before = await digest(tree);
    await change(tree, paths[pick % paths.length] ?? '');
    return before !== (await digest(tree));
  } finally {
    await tree.dispose();
  }
}

async function digest(tree: TemporaryTree): Promise<string | undefined> {
  const places = nodeBuildPlaces({
    environment: new Map(),
    homeDir: tree.at('home'),
    clock: { nowMs: () => Date.now() },
    stdin: (async function* () {})(),
  });
  return (await places.inputs(imageBuild(tree.root, { dockerfileInline: 'FROM a' })))?.get('context');
}

const runs = { numRuns: 25 };

test.each(Object.entries(visible))(
  'a changed %s of any file changes the digest of its context',
  async (_, change) => {
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(), async (tree, pick) => {
        expect(await differs(tree, change, pick)).toBe(true);
      }),
      runs,
    );
  },
);

test.each(Object.entries(invisible))('%s changes no digest', async (_, change) => {
  await fc.assert(
    fc.asyncProperty(trees, fc.nat(), async (tree, pick) => {
      expect(await differs(tree, change, pick)).toBe(false);
    }),
    runs,
  );
});
