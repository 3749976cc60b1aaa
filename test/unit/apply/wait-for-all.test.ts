import { expect, test } from 'vitest';
import { up } from '../../../src/compose.js';
import type { Program } from '../../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { ContainerSpec } from '../../../src/model/container-spec.js';
import type { ServiceSpec } from '../../../src/model/service.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { ApplyError } from '../../../src/problems/errors.js';
import { needs, projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const completion = needs({ condition: 'service_completed_successfully' });

/** `up --wait`; gives the messages of all that failed, none when it went well. */
async function upAndWait(
  services: Readonly<Record<string, Partial<ServiceSpec>>>,
  programs: Readonly<Record<string, Program>>,
): Promise<string[]> {
  const program = ({ service }: ContainerSpec<string>) => programs[service.name] ?? {};
  const engine = new MemoryEngine({ images: ['busybox'], program });
  try {
    await up(projectOf({ services }), { ...defaultUpPolicy, wait: 'running-or-healthy' }, sessionOn(engine));
    return [];
  } catch (error) {
    if (error instanceof ApplyError) return error.diagnostics.map(({ message }) => message);
    throw error;
  }
}

const neverReady = { healthcheck: { test: ['CMD', 'check'] } };

test('up --wait is content with a job that ended with 0, with dependents and without', async () => {
  const services = {
    seed: { kind: 'job' as const },
    migrate: {},
    web: { dependsOn: new Map([['migrate', completion]]) },
  };
  expect(await upAndWait(services, { seed: { exitCode: 0 }, migrate: { exitCode: 0 } })).toEqual([]);
});

test.each([
  ['without dependents', { seed: { kind: 'job' as const }, web: neverReady }],
  ['with a dependent', { seed: {}, api: { dependsOn: new Map([['seed', completion]]) }, web: neverReady }],
])(
  'up --wait fails at once when a job %s ended otherwise, whoever else is not ready',
  async (_, services) => {
    expect(await upAndWait(services, { seed: { exitCode: 4 } })).toEqual([
      'service "seed" didn\'t complete successfully: exit 4',
    ]);
  },
);
