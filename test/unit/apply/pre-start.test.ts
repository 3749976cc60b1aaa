import { describe, expect, test } from 'vitest';
import { up } from '../../../src/compose.js';
import type { Engine } from '../../../src/engine/engine.js';
import type { Program } from '../../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { ContainerSpec } from '../../../src/model/container-spec.js';
import { composeLabel } from '../../../src/model/labels.js';
import type { PreStartSpec, ServiceSpec } from '../../../src/model/service.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { ApplyError } from '../../../src/problems/errors.js';
import { version } from '../../../src/version.js';
import { crashingEngine } from '../../support/crashing-engine.js';
import { projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

function step(word: string, more: Partial<PreStartSpec> = {}): PreStartSpec {
  return { command: [word], isPrivileged: false, isPerReplica: false, environment: new Map(), ...more };
}

function projectWith(...preStart: PreStartSpec[]) {
  const web: Partial<ServiceSpec> = {
    preStart,
    environment: new Map([['A', 'service']]),
    user: 'web',
    labels: new Map([['team', 'shop']]),
    ports: [{ target: 80, published: '8080', protocol: 'tcp' }],
    healthcheck: { test: ['CMD', 'true'] },
    restart: { policy: 'always' },
  };
  return projectOf({ services: { web } });
}

/** Steps end with the code that is their command; the service runs. */
const engineOf = (program?: Program) =>
  new MemoryEngine({
    images: ['busybox', 'tools'],
    program: ({ labels, service }) =>
      labels.has(composeLabel.hook)
        ? (program ?? {
            exitCode: Number(service.command?.[0] ?? 0),
            output: [{ stream: 'stderr', text: 'oops' }],
          })
        : { health: 'healthy' },
  });

async function states(engine: Engine): Promise<Record<string, string>> {
  const containers = await engine.listContainers('app');
  return Object.fromEntries(containers.map(({ name, state }) => [name, state]));
}

test('a step is made of the service without what makes others find or check it', async () => {
  const made: ContainerSpec<string>[] = [];
  const engine = new MemoryEngine({
    images: ['busybox', 'tools'],
    program: (spec) => {
      if (!spec.labels.has(composeLabel.hook)) return { health: 'healthy' };
      made.push(spec);
      return { exitCode: 0 };
    },
  });
  const hook = step('0', { image: 'tools', environment: new Map([['B', 'step']]), user: 'root' });
  await up(projectWith(hook), defaultUpPolicy, sessionOn(engine));
  const [replica] = await engine.listContainers('app');
  const [{ service, labels, endpoints, volumesFrom } = made[0] as ContainerSpec<string>] = made;
  expect({
    image: service.image,
    environment: Object.fromEntries(service.environment),
    user: service.user,
    found: [service.ports, service.healthcheck, service.restart],
    labels: Object.fromEntries(labels),
    aliases: endpoints.map(({ aliases }) => aliases),
    volumesFrom,
  }).toEqual({
    image: 'tools',
    environment: { A: 'service', B: 'step' },
    user: 'root',
    found: [[], undefined, undefined],
    labels: {
      'com.docker.compose.project': 'app',
      'com.docker.compose.service': 'web',
      'com.docker.compose.version': version,
      'com.docker.compose.hook': 'pre_start',
    },
    aliases: [['app-web-pre_start-0']],
    volumesFrom: [{ container: replica?.id, mode: 'rw' }],
  });
});

test('steps that end well leave nothing behind', async () => {
  const engine = engineOf();
  await up(projectWith(step('0'), step('0', { isPerReplica: true })), defaultUpPolicy, sessionOn(engine));
  expect(await states(engine)).toEqual({ 'app-web-1': 'running' });
});

test('a step that fails stops those after it and the start, and tells its last words', async () => {
  const engine = engineOf();
  const failure = await up(
    projectWith(step('0'), step('7'), step('0')),
    defaultUpPolicy,
    sessionOn(engine),
  ).catch((error: unknown) => error);
  const diagnostics = failure instanceof ApplyError ? failure.diagnostics : [];
  expect({
    told: diagnostics.map(({ message, evidence }) => [message, ...(evidence ?? [])]),
    states: await states(engine),
  }).toEqual({
    told: [
      ['service "web" pre_start[1] exited with code 7', 'last log lines of app-web-pre_start-1:', '  oops'],
    ],
    states: { 'app-web-1': 'created', 'app-web-pre_start-1': 'exited' },
  });
});

test('a step that cannot start leaves no container', async () => {
  const engine = engineOf({ startError: 'no such program' });
  await up(projectWith(step('0')), defaultUpPolicy, sessionOn(engine)).catch(() => undefined);
  expect(await states(engine)).toEqual({ 'app-web-1': 'created' });
});

describe('an up that was killed at any call', () => {
  test.each(Array.from({ length: 14 }, (_, changes) => changes))(
    'after %i changes: the next one finishes and leaves no step behind',
    async (changes) => {
      const engine = engineOf();
      const project = projectWith(step('0'), step('0'));
      await up(project, defaultUpPolicy, sessionOn(crashingEngine(engine, changes))).catch(() => undefined);
      await up(project, defaultUpPolicy, sessionOn(engine));
      expect(await states(engine)).toEqual({ 'app-web-1': 'running' });
    },
  );
});
