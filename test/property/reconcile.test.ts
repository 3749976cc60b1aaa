import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { down, plan, up } from '../../src/compose.js';
import { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import { observe } from '../../src/engine/observe.js';
import { recordCalls } from '../../src/engine/recording-engine.js';
import { finalNameOf } from '../../src/model/names.js';
import type { Project } from '../../src/model/project.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { formatPlan } from '../../src/plan/text/format-plan.js';
import { crashingEngine } from '../support/crashing-engine.js';
import { forgetfulEngine } from '../support/forgetful-engine.js';
import { projectOf } from '../support/project-builder.js';
import { images, projects } from '../support/random-projects.js';
import { sessionOn } from '../support/session.js';

/** What people see of a project, without ids and times. */
async function shapeOf(engine: MemoryEngine, project: Project): Promise<unknown> {
  const { containers, networks, volumes } = await observe(engine, project);
  return {
    containers: containers.map(({ name, state, image, networks: attached }) => [
      name,
      state,
      image,
      [...attached.keys()].sort(),
    ]),
    networks: [...networks.keys()].sort(),
    volumes: [...volumes.keys()].sort(),
  };
}

const policy = { ...defaultUpPolicy, orphans: 'remove' as const };

describe('reconciling', () => {
  test('leaves nothing to do: a plan after up is empty', async () => {
    await fc.assert(
      fc.asyncProperty(projects, projects, async (first, second) => {
        const engine = new MemoryEngine({ images });
        await up(first, policy, sessionOn(engine));
        await up(second, policy, sessionOn(engine));
        expect((await plan(second, policy, sessionOn(engine))).steps).toEqual([]);
      }),
    );
  });

  test('adopts what another tool made as the file says: nothing to do without our labels', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        const engine = new MemoryEngine({ images });
        await up(project, policy, sessionOn(engine));
        expect((await plan(project, policy, sessionOn(forgetfulEngine(engine)))).steps).toEqual([]);
      }),
    );
  });

  test('plans the same for what another tool made as for what is ours, whatever was changed', async () => {
    await fc.assert(
      fc.asyncProperty(projects, projects, async (first, second) => {
        const engine = new MemoryEngine({ images });
        await up(first, policy, sessionOn(engine));
        const ours = await plan(second, policy, sessionOn(engine));
        const adopted = await plan(second, policy, sessionOn(forgetfulEngine(engine)));
        expect(formatPlan(adopted, String)).toBe(formatPlan(ours, String));
      }),
    );
  });

  test('converges from wherever a run was killed, to the same as without the kill', async () => {
    await fc.assert(
      fc.asyncProperty(projects, projects, fc.nat(30), async (first, second, allowed) => {
        const engine = new MemoryEngine({ images });
        await up(first, policy, sessionOn(engine));
        await up(second, policy, sessionOn(crashingEngine(engine, allowed))).catch(() => undefined);
        await up(second, policy, sessionOn(engine));
        expect((await plan(second, policy, sessionOn(engine))).steps).toEqual([]);
        const { containers } = await observe(engine, second);
        expect(containers.filter(({ name }) => finalNameOf(name) !== undefined)).toEqual([]);
        expect(containers.filter(({ state }) => state !== 'running')).toEqual([]);
      }),
    );
  });

  test('never touches what belongs to another project', async () => {
    await fc.assert(
      fc.asyncProperty(projects, projects, async (mine, theirs) => {
        const engine = new MemoryEngine({ images });
        const other = projectOf({
          name: 'other',
          services: Object.fromEntries(theirs.services),
          networks: { back: {} },
          volumes: { data: {} },
        });
        await up(other, policy, sessionOn(engine));
        const before = await shapeOf(engine, other);
        await up(mine, policy, sessionOn(engine));
        await down(
          mine,
          { services: [], orphans: 'remove', volumes: 'remove', images: 'keep', stopTimeoutSec: undefined },
          sessionOn(engine),
        );
        expect(await shapeOf(engine, other)).toEqual(before);
      }),
    );
  });

  test('reads only while it plans', async () => {
    await fc.assert(
      fc.asyncProperty(projects, projects, async (first, second) => {
        const engine = new MemoryEngine({ images });
        await up(first, policy, sessionOn(engine));
        const recording = recordCalls(engine);
        await plan(second, policy, sessionOn(recording));
        expect(recording.changes).toEqual([]);
      }),
    );
  });

  test('takes everything away: down after up leaves nothing of the project', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        const engine = new MemoryEngine({ images });
        await up(project, policy, sessionOn(engine));
        await down(
          project,
          { services: [], orphans: 'remove', volumes: 'remove', images: 'keep', stopTimeoutSec: undefined },
          sessionOn(engine),
        );
        expect(await shapeOf(engine, project)).toEqual({ containers: [], networks: [], volumes: [] });
      }),
    );
  });
});
