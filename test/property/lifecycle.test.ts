import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plan, up } from '../../src/compose.js';
import { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../src/engine/recording-engine.js';
import { buildDependencyGraph, type DependencyGraph } from '../../src/graph/dependency-graph.js';
import { withDependents } from '../../src/graph/select.js';
import { type Change, planChange, start, stop } from '../../src/lifecycle.js';
import type { Plan, Step } from '../../src/model/plan.js';
import type { Project } from '../../src/model/project.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { crashingEngine } from '../support/crashing-engine.js';
import { images, projects } from '../support/random-projects.js';
import { sessionOn } from '../support/session.js';

const all = { services: [], timeoutSec: undefined } as const;
/** The memory engine makes each of them slow enough to notice. */
const runs = { numRuns: 50 };
const startAll = { services: [], wait: 'none' } as const;
const policy = { ...defaultUpPolicy, volumesToReplace: 'all' } as const;

async function running(project: Project): Promise<MemoryEngine> {
  const engine = new MemoryEngine({ images });
  await up(project, policy, sessionOn(engine));
  return engine;
}

/** Ids of all steps that come before a step. */
function before(step: Step, { steps }: Plan): Set<number> {
  const found = new Set<number>();
  const queue = [...step.after, ...step.afterSettled];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const earlier = steps.find((other) => other.id === id);
    queue.push(...(earlier?.after ?? []), ...(earlier?.afterSettled ?? []));
  }
  return found;
}

/** Stops of a service that do not come after every stop of all that needs it, directly or not. */
function disorder(stops: Plan, graph: DependencyGraph): string[] {
  return stops.steps.flatMap((step) => {
    const { service = '' } = step;
    const earlier = before(step, stops);
    const dependents = withDependents([service], graph);
    dependents.delete(service);
    return stops.steps
      .filter((other) => dependents.has(other.service ?? '') && !earlier.has(other.id))
      .map((other) => `${service} stops before ${other.service}`);
  });
}

function withColour(project: Project, colour: string): Project {
  const volumes = new Map(
    [...project.volumes].map(([key, volume]) => [key, { ...volume, labels: new Map([['colour', colour]]) }]),
  );
  return { ...project, volumes };
}

describe('whatever the project', () => {
  test('a stop and a start leave nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        const engine = await running(project);
        await stop(project, all, sessionOn(engine));
        await start(project, startAll, sessionOn(engine));
        expect((await plan(project, policy, sessionOn(engine))).steps).toEqual([]);
      }),
      runs,
    );
  });

  test('a stop that was killed is mended by a start', async () => {
    await fc.assert(
      fc.asyncProperty(projects, fc.nat(6), async (project, allowed) => {
        const engine = await running(project);
        await stop(project, all, sessionOn(crashingEngine(engine, allowed))).catch(() => undefined);
        await start(project, startAll, sessionOn(engine));
        expect((await plan(project, policy, sessionOn(engine))).steps).toEqual([]);
      }),
      runs,
    );
  });

  test('what needs a service stops before it, whichever services are named', async () => {
    const choice = fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(projects, choice, async (project, named) => {
        const services = named.filter((name) => project.services.has(name));
        const engine = await running(project);
        const stops = await planChange(project, { kind: 'stop', ...all, services }, { engine });
        expect(disorder(stops, buildDependencyGraph(project.services))).toEqual([]);
      }),
      runs,
    );
  });

  test('planning a change changes nothing', async () => {
    const changes: readonly Change[] = [
      { kind: 'start', ...startAll },
      { kind: 'stop', ...all },
      { kind: 'kill', services: [], unixSignal: 'SIGKILL', orphans: 'kill' },
      { kind: 'remove', ...all, running: 'stop-and-remove', anonymousVolumes: 'remove' },
      { kind: 'pause', services: [] },
      { kind: 'unpause', services: [] },
    ];
    await fc.assert(
      fc.asyncProperty(projects, fc.constantFrom(...changes), async (project, change) => {
        const recording = recordCalls(await running(project));
        recording.reset();
        await planChange(project, change, { engine: recording });
        expect(recording.changes).toEqual([]);
      }),
      runs,
    );
  });

  test('a volume whose data was given up is made anew, also by an up after one that was killed', async () => {
    await fc.assert(
      fc.asyncProperty(projects, fc.nat(12), async (project, allowed) => {
        const [red, blue] = [withColour(project, 'red'), withColour(project, 'blue')];
        const engine = await running(red);
        await up(blue, policy, sessionOn(crashingEngine(engine, allowed))).catch(() => undefined);
        await up(blue, policy, sessionOn(engine));
        const planned = await plan(blue, policy, sessionOn(engine));
        const [volume] = await engine.listVolumes('app');
        expect([planned.steps, volume?.labels.get('colour')]).toEqual([[], 'blue']);
      }),
      runs,
    );
  });
});
