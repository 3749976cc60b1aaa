import { describe, expect, test } from 'vitest';
import { plan, planDownOf, up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import type { Plan } from '../../../src/model/plan.js';
import type { Project } from '../../../src/model/project.js';
import type { ServiceSpec } from '../../../src/model/service.js';
import type { DownPolicy } from '../../../src/plan/down-policy.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { formatPlan } from '../../../src/plan/text/format-plan.js';
import { endpoint, needs, projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const healthy = { test: ['CMD', 'true'] };
const names = (count: number) => Array.from({ length: count }, (_, at) => `app-${at}`);
const each = (count: number, specOf: (at: number) => Partial<ServiceSpec>) =>
  Object.fromEntries(names(count).map((name, at) => [name, specOf(at)]));
const on = (...services: string[]) =>
  new Map(services.map((service) => [service, needs({ condition: 'service_healthy', restart: true })]));

/** Projects of any size in which something is often there, or needed by many. */
const shapes: Readonly<Record<string, (count: number) => Project>> = {
  'a chain': (count) =>
    projectOf({
      services: each(count, (at) => ({
        healthcheck: healthy,
        dependsOn: at === 0 ? on() : on(`app-${at - 1}`),
      })),
    }),
  'one service that all others need': (count) =>
    projectOf({
      services: { db: { healthcheck: healthy }, ...each(count, () => ({ dependsOn: on('db') })) },
    }),
  'one service that needs all others': (count) =>
    projectOf({
      services: { ...each(count, () => ({ healthcheck: healthy })), top: { dependsOn: on(...names(count)) } },
    }),
  'one service of many replicas': (count) => projectOf({ services: { app: { replicas: count } } }),
  'networks and volumes of their own': (count) =>
    projectOf({
      networks: each(count, () => ({})) as never,
      volumes: each(count, () => ({})) as never,
      services: each(count, (at) => ({
        networks: new Map([[`app-${at}`, endpoint()]]),
        mounts: [{ type: 'volume', source: `app-${at}`, target: '/data', isReadOnly: false }],
      })),
    }),
};

const everything: DownPolicy = {
  services: [],
  orphans: 'remove',
  volumes: 'remove',
  images: 'all',
  stopTimeoutSec: undefined,
};

/** How long the plans are in which a project comes and goes, and how much its steps name each other. */
async function sizesOf(project: Project): Promise<Record<string, number>> {
  const engine = new MemoryEngine({ images: ['busybox'], program: () => ({ health: 'healthy' }) });
  const session = sessionOn(engine);
  const { plan: coming } = await up(project, defaultUpPolicy, session);
  const going = await planDownOf(project, everything, session);
  const linksOf = ({ steps }: Plan) =>
    steps.reduce((sum, { after, afterSettled }) => sum + after.length + afterSettled.length, 0);
  return {
    ...{ 'steps of up': coming.steps.length, 'links of up': linksOf(coming), 'text of up': textOf(coming) },
    ...{
      'steps of down': going.steps.length,
      'links of down': linksOf(going),
      'text of down': textOf(going),
    },
  };
}

function textOf(plan: Plan): number {
  return formatPlan(plan, () => '').length;
}

describe('a plan for twice as many services is about twice as long', () => {
  test.each(Object.entries(shapes))('of %s', async (_, projectOfSize) => {
    const [half, whole] = [await sizesOf(projectOfSize(100)), await sizesOf(projectOfSize(200))];
    const tooLong = Object.entries(whole).filter(([what, size]) => size > 2.2 * (half[what] ?? 0) + 10);
    expect(tooLong).toEqual([]);
  });
});

test('a look at a project that is up takes as many calls for many services as for few', async () => {
  const callsFor = async (count: number) => {
    const engine = new MemoryEngine({ images: ['busybox'], program: () => ({ health: 'healthy' }) });
    const project = shapes['networks and volumes of their own']?.(count) ?? projectOf({ services: {} });
    await up(project, defaultUpPolicy, sessionOn(engine));
    const recording = recordCalls(engine);
    await plan(project, defaultUpPolicy, sessionOn(recording));
    return recording.calls.map(({ method }) => method);
  };
  expect(await callsFor(100)).toEqual(await callsFor(50));
});
