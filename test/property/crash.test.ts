import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { down, plan, up } from '../../src/compose.js';
import type { Engine } from '../../src/engine/engine.js';
import { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import { withScale } from '../../src/graph/scale.js';
import { finalNameOf } from '../../src/model/names.js';
import type { Project } from '../../src/model/project.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { crashingEngine } from '../support/crashing-engine.js';
import { images, names, projects } from '../support/random-projects.js';
import { sessionOn } from '../support/session.js';

/** Set CRASH_RUNS=10000 for a long search. */
const numRuns = Number(process.env.CRASH_RUNS ?? 60);

const policy = { ...defaultUpPolicy, orphans: 'remove' as const };
const keepData = {
  services: [],
  orphans: 'remove',
  volumes: 'keep',
  images: 'keep',
  stopTimeoutSec: undefined,
} as const;

/** What somebody does to a project, and after how many changes to the engine it is killed, if it is. */
interface Deed {
  readonly kind: 'up' | 'scale' | 'down';
  readonly project: Project;
  readonly killedAfter: number | undefined;
}

const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc
    .record({
      kind: fc.constantFrom('up' as const, 'up' as const, 'scale' as const, 'down' as const),
      project: projects,
      replicas: fc.array(fc.nat(3), { minLength: names.length, maxLength: names.length }),
      killedAfter: fc.option(fc.nat(20)),
    })
    .map(({ kind, project, replicas, killedAfter }) => ({
      kind,
      project: kind === 'scale' ? scaled(project, replicas) : project,
      killedAfter: killedAfter ?? undefined,
    })),
  { minLength: 1, maxLength: 6 },
);

function scaled(project: Project, replicas: readonly number[]): Project {
  const wanted = names.flatMap((name, index): [string, number][] =>
    project.services.has(name) ? [[name, replicas[index] ?? 1]] : [],
  );
  return withScale(project, new Map(wanted));
}

async function carryOut({ kind, project, killedAfter }: Deed, engine: Engine): Promise<void> {
  const reached = killedAfter === undefined ? engine : crashingEngine(engine, killedAfter);
  const run =
    kind === 'down' ? down(project, keepData, sessionOn(reached)) : up(project, policy, sessionOn(reached));
  // A killed run has nobody to tell.
  if (killedAfter === undefined) await run;
  else await run.catch(() => undefined);
}

describe('after any sequence of ups, scalings and downs, each killed anywhere', () => {
  test('no volume is gone, named or anonymous', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (sequence) => {
        const engine = new MemoryEngine({ images });
        const seen = new Set<string>();
        for (const deed of sequence) {
          await carryOut(deed, engine);
          for (const name of await volumesInUse(engine)) seen.add(name);
        }
        const lost = [];
        for (const name of seen) if ((await engine.findVolume(name)) === undefined) lost.push(name);
        expect(lost).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('one more up leaves nothing to do, under the right names, with as many replicas as asked for', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, projects, async (sequence, last) => {
        const engine = new MemoryEngine({ images });
        for (const deed of sequence) await carryOut(deed, engine);
        await up(last, policy, sessionOn(engine));
        const { steps } = await plan(last, policy, sessionOn(engine));
        const containers = await engine.listContainers('app');
        expect({
          steps,
          misnamed: containers.filter(({ name }) => finalNameOf(name) !== undefined),
          notRunning: containers.filter(({ state }) => state !== 'running'),
          replicas: names.map((name) => containers.filter(({ service }) => service === name).length),
        }).toEqual({
          steps: [],
          misnamed: [],
          notRunning: [],
          replicas: names.map((name) => last.services.get(name)?.replicas ?? 0),
        });
      }),
      { numRuns },
    );
  });

  test('one more down leaves only volumes', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (sequence) => {
        const engine = new MemoryEngine({ images });
        for (const deed of sequence) await carryOut(deed, engine);
        const { project } = sequence[0] as Deed;
        await down(project, keepData, sessionOn(engine));
        expect([await engine.listContainers('app'), await engine.listNetworks('app')]).toEqual([[], []]);
      }),
      { numRuns },
    );
  });

  test('a replica that went through it all has the anonymous volume that it began with', async () => {
    await fc.assert(
      fc.asyncProperty(projects, deeds, async (first, sequence) => {
        const engine = new MemoryEngine({ images });
        const wanted = withAnonymousVolumes(first);
        await up(wanted, policy, sessionOn(engine));
        const before = await anonymousVolumes(engine);
        for (const { killedAfter } of sequence) {
          await carryOut({ kind: 'up', project: changed(wanted), killedAfter }, engine);
          await carryOut({ kind: 'up', project: wanted, killedAfter }, engine);
        }
        await up(wanted, policy, sessionOn(engine));
        expect(await anonymousVolumes(engine)).toEqual(before);
      }),
      { numRuns },
    );
  });
});

/** All that containers of the project have mounted, and the named ones. */
async function volumesInUse(engine: MemoryEngine): Promise<string[]> {
  const [containers, named] = [await engine.listContainers('app'), await engine.listVolumes('app')];
  const mounted = containers.flatMap(({ mounts }) => mounts.flatMap(({ volumeName }) => volumeName ?? []));
  return [...mounted, ...named.map(({ name }) => name)];
}

async function anonymousVolumes(engine: MemoryEngine): Promise<(readonly [string, string])[]> {
  const containers = await engine.listContainers('app');
  return containers.flatMap(({ name, mounts }) =>
    mounts.flatMap(({ volumeName, target }) =>
      target === '/anonymous' && volumeName !== undefined ? [[name, volumeName] as const] : [],
    ),
  );
}

function withAnonymousVolumes(project: Project): Project {
  const mounts = [{ type: 'volume' as const, target: '/anonymous', isReadOnly: false }];
  return withEach(project, { mounts });
}

/** As if somebody had edited every service. */
function changed(project: Project): Project {
  return withEach(project, { environment: new Map([['EDITED', 'yes']]) });
}

function withEach(project: Project, more: object): Project {
  const services = [...project.services].map(([name, service]) => [name, { ...service, ...more }] as const);
  return { ...project, services: new Map(services) };
}
