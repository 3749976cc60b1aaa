import { chmod, mkdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import { containerOf } from '../engine/contract-builders.js';
import { WatchedFolder } from '../support/watched-folder.js';

const path = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'));

type Edit = { readonly kind: string; readonly path: string; readonly other: string; readonly text: string };

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('write', 'write', 'mkdir', 'remove', 'rename', 'symlink', 'chmod', 'replace'),
  path,
  other: path,
  text: fc.constantFrom('', 'x', 'yy', 'long '.repeat(200)),
});

/** What a person or a tool does; what cannot be done is left. Gives the paths that the system would hint at. */
async function perform({ kind, path, other, text }: Edit, folder: WatchedFolder): Promise<string[]> {
  const at = folder.at(path);
  const named = kind === 'rename' ? [path, other] : [path];
  const realPlaces = async () => (await Promise.all(named.map((each) => behindLinks(each, folder)))).flat();
  const before = await realPlaces();
  try {
    if (kind === 'remove') await rm(at, { recursive: true });
    else if (kind === 'chmod') await chmod(at, 0o700);
    else if (kind === 'rename') await rename(at, folder.at(other));
    else await mkdir(dirname(at), { recursive: true });
    if (kind === 'write') await writeFile(at, text);
    if (kind === 'mkdir') await mkdir(at);
    if (kind === 'symlink') await symlink(other, at);
    if (kind === 'replace') {
      await rm(at, { recursive: true });
      await writeFile(at, text);
    }
  } catch {
    // A directory in the way, or nothing there: the edit does not happen, or only its first half.
  }
  // Also where it was before: the edit may have replaced the link itself.
  const hints = [...named, ...before, ...(await realPlaces())];
  return hints.flatMap((hint) => hint.split('/').map((_, index, all) => all.slice(0, index + 1).join('/')));
}

/** Where an edit really happens when there are links on the way: that is where the system sees it. */
async function behindLinks(path: string, folder: WatchedFolder): Promise<string[]> {
  const places = [folder.at(path), dirname(folder.at(path))].map(async (place, index) => {
    const real = await realpath(place).catch(() => undefined);
    return real === undefined ? [] : [index === 0 ? real : join(real, basename(path))];
  });
  const root = await realpath(folder.root);
  return (await Promise.all(places))
    .flat()
    .map((place) => relative(root, place))
    .filter((place) => place !== '' && !place.startsWith('..'));
}

/** A file is put where the link was by which it is named. */
const link: Edit = { kind: 'symlink', path: 'b', other: 'a/b', text: '' };
const below: Edit = { kind: 'write', path: 'a/b/c', other: 'a', text: 'x' };
const over: Edit = { kind: 'rename', path: 'b/c', other: 'b', text: '' };

test('after any edits the files of every replica are ours, also of one that came in between', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
      fc.nat(5),
      async (batches, comesAfter) => {
        const engine = new MemoryEngine({ registry: ['busybox:latest'] });
        await engine.pullImage('busybox:latest', {});
        const spec = containerOf({ project: 'app' });
        const first = await engine.createContainer(spec);
        const folder = await WatchedFolder.open(engine);
        try {
          await mkdir(folder.root, { recursive: true });
          await folder.begin();
          let second: string | undefined;
          for (const [index, batch] of batches.entries()) {
            const hints = [];
            for (const each of batch) hints.push(...(await perform(each, folder)));
            await folder.sync(hints);
            if (index === comesAfter) {
              second = await engine.createContainer({ ...spec, name: 'app-web-2' });
              await folder.catchUp();
            }
          }
          const ours = await folder.ours();
          expect(await WatchedFolder.inContainer(engine, first)).toEqual(ours);
          if (second !== undefined) expect(await WatchedFolder.inContainer(engine, second)).toEqual(ours);
        } finally {
          await folder.close();
        }
      },
    ),
    { numRuns: 60, examples: [[[[link, below], [over]], 5]] },
  );
});

test('directories that rules ignore are never entered, whatever happens in them', async () => {
  const engine = new MemoryEngine();
  const folder = await WatchedFolder.open(engine, {
    ignored: [
      {
        root: '/',
        filter: { ignores: (path) => /(^|\/)node_modules(\/|$)/.test(path), mayKeepBelow: () => false },
      },
    ],
  });
  try {
    await mkdir(folder.at('node_modules/deep/er'), { recursive: true });
    await mkdir(folder.at('lib'), { recursive: true });
    await folder.begin();
    await mkdir(folder.at('lib/node_modules/more'), { recursive: true });
    await writeFile(folder.at('lib/node_modules/more/x'), 'x');
    const changes = await folder.changes('lib/node_modules', 'node_modules/deep/er');
    const inside = [...folder.entered].map((path) => path.slice(folder.root.length));
    expect({ changes, inside: inside.filter((path) => !path.startsWith('-')).sort() }).toEqual({
      changes: [],
      inside: ['', '', '/lib'],
    });
  } finally {
    await folder.close();
  }
});
