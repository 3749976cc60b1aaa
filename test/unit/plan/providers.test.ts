import { beforeEach, expect, test } from 'vitest';
import { down, plan, up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { ServiceSpec } from '../../../src/model/service.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { fakePrograms, isMetadataCall, says } from '../../support/fake-programs.js';
import { needs, projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const provider = { type: 'cloud', options: new Map(), environment: new Map() };
const db: Partial<ServiceSpec> = { provider, replicas: 0, networks: new Map() };
const project = projectOf({
  services: { db, web: { dependsOn: new Map([['db', needs()]]) }, other: {} },
});

let engine: MemoryEngine;
let url: string;
beforeEach(() => {
  engine = new MemoryEngine({ images: ['busybox'] });
  url = 'http://one';
});

const programs = fakePrograms((call) =>
  isMetadataCall(call) ? { exitCode: 1 } : { lines: [says('setenv', `URL=${url}`)] },
);
const session = () => sessionOn(engine, { programs });

async function environments(): Promise<Record<string, unknown>> {
  const containers = await engine.listContainers('app');
  const details = await Promise.all(containers.map(({ id }) => engine.inspectContainer(id)));
  return Object.fromEntries(
    containers.map(({ name }, index) => [
      name,
      Object.fromEntries(details[index]?.service.environment ?? []),
    ]),
  );
}

test('variables of a provider go to the services that depend on it, and no container is made for it', async () => {
  await up(project, defaultUpPolicy, session());
  expect(await environments()).toEqual({ 'app-other-1': {}, 'app-web-1': { DB_URL: 'http://one' } });
});

test('an up after an up asks the provider again and recreates nothing', async () => {
  await up(project, defaultUpPolicy, session());
  const again = await up(project, defaultUpPolicy, session());
  expect(again.plan.steps).toEqual([]);
});

test('another value from a provider recreates only what depends on it', async () => {
  await up(project, defaultUpPolicy, session());
  url = 'http://two';
  const { plan: planned } = await up(project, defaultUpPolicy, session());
  const made = planned.steps.flatMap((step) => (step.kind === 'create-container' ? [step.replaces] : []));
  expect({ made, environments: await environments() }).toEqual({
    made: ['app-web-1'],
    environments: { 'app-other-1': {}, 'app-web-1': { DB_URL: 'http://two' } },
  });
});

test('a plan runs no provider, says that it would, and takes its variables to be as they are', async () => {
  await up(project, defaultUpPolicy, session());
  programs.calls.length = 0;
  const { steps, notes } = await plan(project, defaultUpPolicy, session());
  expect({ steps, first: notes[0], calls: programs.calls }).toEqual({
    steps: [],
    first: { kind: 'provider-first', service: 'db', type: 'cloud' },
    calls: [],
  });
});

test('down takes what a provider has made after what depends on it', async () => {
  await up(project, defaultUpPolicy, session());
  programs.calls.length = 0;
  await down(
    project,
    { services: [], orphans: 'keep', volumes: 'keep', images: 'keep', stopTimeoutSec: undefined },
    session(),
  );
  expect({ calls: programs.calls, left: await engine.listContainers('app') }).toEqual({
    calls: ['compose metadata', 'compose --project-name=app down db'],
    left: [],
  });
});

test('a session without programs says that a provider cannot be run', async () => {
  await expect(up(project, defaultUpPolicy, sessionOn(engine))).rejects.toMatchObject({
    message: 'service "db" needs a program of this machine, and none may be run here',
  });
});
