import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plan, up } from '../../src/compose.js';
import type { Engine } from '../../src/engine/engine.js';
import { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../src/engine/recording-engine.js';
import type { Project } from '../../src/model/project.js';
import { defaultUpPolicy, type UpPolicy } from '../../src/plan/policy.js';
import { builtProject } from '../support/build-world.js';
import { crashingEngine } from '../support/crashing-engine.js';
import { type MemoryTree, memoryBuildPlaces } from '../support/memory-build-places.js';
import { sessionOn } from '../support/session.js';

const numRuns = Number(process.env.CRASH_RUNS ?? 60);
const names = ['a', 'b', 'c', 'd'] as const;

/** Services that are built, each from busybox or from the image of an earlier one. */
interface Wish {
  readonly base: number;
  readonly file: number;
  readonly arg: number;
  readonly isContext: boolean;
}

const wishes = fc.array(
  fc.record({ base: fc.nat(3), file: fc.nat(2), arg: fc.nat(2), isContext: fc.boolean() }),
  { minLength: 1, maxLength: names.length },
);

function baseOf({ base }: Wish, index: number): string | undefined {
  return base < index ? names[base] : undefined;
}

function projectOf(wanted: readonly Wish[]): Project {
  return builtProject(
    Object.fromEntries(
      wanted.map((wish, index) => {
        const base = baseOf(wish, index);
        const contexts = base === undefined || !wish.isContext ? [] : ([['lib', `service:${base}`]] as const);
        return [
          names[index] ?? '',
          { spec: { args: new Map([['N', String(wish.arg)]]), additionalContexts: new Map(contexts) } },
        ];
      }),
    ),
  );
}

function treeOf(wanted: readonly Wish[]): MemoryTree {
  return new Map(
    wanted.flatMap((wish, index): [string, string][] => {
      const base = baseOf(wish, index);
      const from = base === undefined ? 'busybox' : wish.isContext ? 'lib' : `app-${base}`;
      return [
        [`/${names[index]}/Dockerfile`, `FROM ${from}\nARG N\nCOPY file /\n`],
        [`/${names[index]}/file`, String(wish.file)],
      ];
    }),
  );
}

/** Files that can be exchanged while what remembers them stays. */
class Place {
  readonly tree: MemoryTree = new Map();
  readonly buildPlaces = memoryBuildPlaces(this.tree);

  put(wanted: readonly Wish[]): Project {
    this.tree.clear();
    for (const [path, text] of treeOf(wanted)) this.tree.set(path, text);
    return projectOf(wanted);
  }
}

const stale: UpPolicy = { ...defaultUpPolicy, build: 'stale', orphans: 'remove' };

async function buildsOf(project: Project, engine: Engine, { buildPlaces }: Place): Promise<string[]> {
  const recorded = recordCalls(engine);
  await up(project, stale, sessionOn(recorded, { buildPlaces }));
  return recorded.changes.flatMap(({ method, about }) => (method === 'builds.build' ? [about] : []));
}

/** Services whose image is another with these files than with those. */
function differing(before: readonly Wish[], now: readonly Wish[]): string[] {
  const others = new Set<number>();
  for (const [index, wish] of now.entries()) {
    const old = before[index];
    const base = baseOf(wish, index);
    const isOwn =
      old === undefined ||
      [old.file, old.arg, baseOf(old, index)].join() !== [wish.file, wish.arg, base].join() ||
      (base !== undefined && old.isContext !== wish.isContext);
    if (isOwn || (base !== undefined && others.has(wish.base))) others.add(index);
  }
  return [...others].map((index) => names[index] ?? '');
}

describe('up --build=stale', () => {
  test('builds what has changed, each after what it needs, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, wishes, async (before, now) => {
        const engine = new MemoryEngine({ images: ['busybox'] });
        const place = new Place();
        await buildsOf(place.put(before), engine, place);
        const built = await buildsOf(place.put(now), engine, place);
        const isInOrder = built.every((service) => {
          const index = names.indexOf(service as (typeof names)[number]);
          const base = now[index] === undefined ? undefined : baseOf(now[index], index);
          return base === undefined || built.indexOf(base) < built.indexOf(service);
        });
        expect({ built: built.toSorted(), isInOrder }).toEqual({
          built: differing(before, now).sort(),
          isInOrder: true,
        });
      }),
      { numRuns },
    );
  });

  test('is at rest after an up, however often the one before was killed', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, wishes, fc.array(fc.nat(12), { maxLength: 3 }), async (before, now, kills) => {
        const engine = new MemoryEngine({ images: ['busybox'] });
        const place = new Place();
        await buildsOf(place.put(before), engine, place);
        const project = place.put(now);
        for (const killedAfter of kills)
          await buildsOf(project, crashingEngine(engine, killedAfter), place).catch(() => undefined);
        await buildsOf(project, engine, place);
        const { buildPlaces } = place;
        const { steps, notes } = await plan(project, stale, sessionOn(engine, { buildPlaces }));
        expect({ steps, first: notes.filter(({ kind }) => kind === 'built-first') }).toEqual({
          steps: [],
          first: [],
        });
      }),
      { numRuns },
    );
  });
});
