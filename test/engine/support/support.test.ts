import { beforeAll, describe, expect, test } from 'vitest';
import { askEngine } from '../../../scripts/setup/engine-api.mjs';
import { findEngine } from '../../../scripts/setup/ensure-engine.mjs';
import { nodeLoadIo } from '../../../src/client/node-load-io.js';
import { observe, observeDetails } from '../../../src/engine/observe.js';
import { loadProject } from '../../../src/load/load-project.js';
import { supportOf } from '../../../src/load/support/key-support.js';
import { engineRequirements, isApiAtLeast } from '../../../src/model/engine-requirements.js';
import { differingSettings } from '../../../src/plan/compare/differing-settings.js';
import { ContainerIndex } from '../../../src/plan/container/container-index.js';
import { Stack } from '../../support/scenario-stack.js';
import { schemaKeys } from '../../support/schema-keys.js';
import { buildFixtures } from './build-fixtures.js';
import type { ContainerFixture } from './container-fixture.js';
import { containerFixtures } from './container-fixtures.js';
import { programFixtures } from './program-fixtures.js';
import { resourceFixtures } from './resource-fixtures.js';
import { runFixtures } from './run-fixtures.js';
import { stackFixtures } from './stack-fixtures.js';
import { watchFixtures } from './watch-fixtures.js';

/*
 * docs/support.md says of every key of the schema how far it reaches. This proves what it calls supported: each key
 * stands in a fixture whose effect is looked for on a real engine.
 */

/** Keys without an effect of their own: what stands below them has it. */
const containers = new Set(['services.*.deploy']);

async function inspect(path: string): Promise<unknown> {
  const { found } = await findEngine();
  const { status, body } = await askEngine(found, { path });
  if (status !== 200) throw new Error(`${path}: ${body}`);
  return JSON.parse(body);
}

async function withStack<T>(body: (stack: Stack) => Promise<T>): Promise<T> {
  const stack = await Stack.open();
  try {
    return await body(stack);
  } finally {
    await stack.close();
  }
}

/** `<project>` and `<dir>` in texts and expectations. */
function filled<T>(value: T, { project, folder }: Pick<Stack, 'project' | 'folder'>): T {
  const text = JSON.stringify(value).replaceAll('<project>', project).replaceAll('<dir>', folder);
  return JSON.parse(text) as T;
}

test('every supported key has a fixture, and no fixture is about anything else', () => {
  const proved = new Set([
    ...containerFixtures.flatMap(({ keys }) => keys.map((key) => `services.*.${key}`)),
    ...[
      ...resourceFixtures,
      ...runFixtures,
      ...stackFixtures,
      ...programFixtures,
      ...buildFixtures,
      ...watchFixtures,
    ].flatMap(({ keys }) => keys),
  ]);
  const keys = schemaKeys();
  const supported = keys.filter((key) => (supportOf(key)?.level ?? 'supported') === 'supported');
  expect({
    unproved: supported.filter((key) => !proved.has(key) && !containers.has(key)),
    unknown: [...proved].filter((key) => !keys.includes(key)),
    withoutEffect: [...proved].filter((key) => ['ignored', 'rejected'].includes(supportOf(key)?.level ?? '')),
  }).toEqual({ unproved: [], unknown: [], withoutEffect: [] });
});

function requirementOf({ keys }: Pick<ContainerFixture, 'keys'>, prefix = 'services.*.') {
  const gated = keys
    .map((key) => supportOf(`${prefix}${key}`)?.requirement)
    .find((found) => found !== undefined);
  return gated === undefined ? undefined : { gated, ...engineRequirements[gated] };
}

let apiVersion = '1.41';
beforeAll(async () => {
  const { found } = await findEngine();
  const { body } = await askEngine(found, { path: '/version' });
  apiVersion = (JSON.parse(body) as { ApiVersion: string }).ApiVersion;
});

const isHere = (fixture: Pick<ContainerFixture, 'keys'>, prefix?: string) => {
  const requirement = requirementOf(fixture, prefix);
  return requirement === undefined || isApiAtLeast(apiVersion, requirement.api);
};

/** One file of all services, and of what stands beside them. */
function fileOf(
  fixtures: readonly { readonly services: readonly string[]; readonly top?: string }[],
): string {
  const sections = new Map<string, string[]>();
  for (const { top } of fixtures) {
    const [, section = '', entries = ''] = /^(\w+): \{(.*)\}$/s.exec(top ?? '') ?? [];
    if (section !== '') sections.set(section, [...(sections.get(section) ?? []), entries]);
  }
  const services = fixtures.flatMap((fixture) => fixture.services).map((service) => `  ${service}\n`);
  const others = [...sections].map(([section, entries]) => `${section}: {${entries.join(',\n  ')}}\n`);
  return `services:\n${services.join('')}${others.join('')}`;
}

/** Flow style with the image put in first. */
function withImage(service: string, image = 'busybox'): string {
  return service === '{}' ? `{image: ${image}}` : service.replace('{', `{image: ${image}, `);
}

describe('keys of services that an inspection shows', () => {
  const shown: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};

  beforeAll(async () => {
    const here = containerFixtures
      .map((fixture, index) => ({ ...fixture, index }))
      .filter((fixture) => isHere(fixture));
    await withStack(async (stack) => {
      const services = here.map(({ service, index, top }) => ({
        services: [`s${index}: ${withImage(service)}`],
        ...(top === undefined ? {} : { top }),
      }));
      await stack.compose(filled(fileOf(services), stack));
      await stack.must('up', '--no-start');
      for (const { keys, index, inspect: wanted } of here) {
        shown[keys.join()] = await inspect(`/containers/${stack.project}-s${index}-1/json`);
        expected[keys.join()] = filled(wanted, stack);
      }
      roundTrips = await differencesOf(stack);
    });
  });

  test.each(containerFixtures)('$keys', (fixture) => {
    const requirement = requirementOf(fixture);
    if (!isHere(fixture)) expect(requirement?.when).toMatch(/warn|refuse/);
    else if (fixture.elsewhere !== undefined) expect(shown).toHaveProperty([fixture.keys.join()]);
    else expect(shown[fixture.keys.join()]).toMatchObject(expected[fixture.keys.join()] as object);
  });

  test('a container read back from the engine is the service that it was made from', () => {
    expect(roundTrips).toEqual({});
  });
});

let roundTrips: Record<string, readonly string[]> = {};

/** Made for engines that keep what this one drops. */
function isElsewhere(service: string): boolean {
  return containerFixtures[Number(service.slice(1))]?.elsewhere !== undefined;
}

/** What each container of a stack differs in from its service when its own labels are not believed. */
async function differencesOf(stack: Stack): Promise<Record<string, readonly string[]>> {
  const result = await loadProject(
    {
      files: [],
      envFiles: [],
      profiles: [],
      services: [],
      keepUnusedResources: false,
      projectName: stack.project,
    },
    nodeLoadIo(new Map(), stack.folder, stack.folder),
  );
  if (!result.ok) throw new Error('the fixtures do not load');
  const { project } = result;
  const observed = await observe(stack.engine, project);
  const detailed = await observeDetails(
    stack.engine,
    observed,
    new Set(observed.containers.map(({ id }) => id)),
  );
  const differences = detailed.containers.map((container) => {
    const service = project.services.get(container.service);
    if (service === undefined) throw new Error(`no service ${container.service}`);
    const image = detailed.images.get(service.image);
    const desired = { service, project, image, fields: [], fingerprint: new Map() };
    return [service.name, differingSettings(container, desired, new ContainerIndex(detailed))] as const;
  });
  return Object.fromEntries(differences.filter(([name, ids]) => ids.length > 0 && !isElsewhere(name)));
}

describe('keys that an engine may be too old for', () => {
  const gated = containerFixtures.filter((fixture) => requirementOf(fixture) !== undefined);
  test.each(gated)('$keys', async (fixture) => {
    const requirement = requirementOf(fixture);
    if (requirement === undefined || isHere(fixture)) return;
    const { exitCode, said } = await withStack(async (stack) => {
      const { service, top } = fixture;
      await stack.compose(
        fileOf([{ services: [`web: ${withImage(service)}`], ...(top === undefined ? {} : { top }) }]),
      );
      const { exitCode, stderr } = await stack.run('up', '--no-start');
      return {
        exitCode,
        said: stderr.includes(`API ${requirement.api}`) && stderr.includes(requirement.gated),
      };
    });
    expect({ exitCode, said }).toEqual({ exitCode: requirement.when === 'refuse' ? 1 : 0, said: true });
  });
});

describe('keys of networks and volumes', () => {
  test.each(resourceFixtures)('$keys', async (fixture) => {
    if (!isHere(fixture, '')) return;
    const { seen, wanted } = await withStack(async (stack) => {
      const { section, definition, name } = filled(fixture, stack);
      const use = section === 'networks' ? 'networks: [it]' : 'volumes: ["it:/it"]';
      await stack.compose(`services: {web: {image: busybox, ${use}}}\n${section}: {it: ${definition}}\n`);
      await stack.must('up', '--no-start');
      const seen = await inspect(`/${section}/${name ?? `${stack.project}_it`}`);
      return { seen, wanted: filled(fixture.inspect, stack) };
    });
    expect(seen).toMatchObject(wanted as object);
  });

  test.each(['networks', 'volumes'] as const)('%s: external', async (section) => {
    const stderr = await withStack(async (stack) => {
      const use = section === 'networks' ? 'networks: [it]' : 'volumes: ["it:/it"]';
      const definition = `{external: true, name: ${stack.project}-none}`;
      await stack.compose(`services: {web: {image: busybox, ${use}}}\n${section}: {it: ${definition}}\n`);
      return (await stack.run('up', '--no-start')).stderr;
    });
    expect(stderr).toMatch(/external.*not (be )?found/);
  });
});

describe('keys whose effect a service can write down', () => {
  const written: Record<string, readonly string[]> = {};

  beforeAll(async () => {
    await withStack(async (stack) => {
      for (const { files = {} } of runFixtures) {
        for (const [file, text] of Object.entries(files)) await stack.write(file, text);
      }
      await stack.compose(
        fileOf(
          runFixtures.map(({ services, top }) => ({
            services: Object.entries(services).map(([name, service]) => `${name}: ${withImage(service)}`),
            ...(top === undefined ? {} : { top }),
          })),
        ),
      );
      const started = stack.start(['up', '-d'], { SUPPORT_VALUE: 'from the environment' });
      const { exitCode, stderr } = await started.outcome;
      if (exitCode !== 0) throw new Error(stderr);
      const ending = runFixtures.map(({ services }) => Object.keys(services)[0] ?? '');
      await stack.eventually('all have ended', (all) =>
        all.every(({ service, state }) => !ending.includes(service) || state === 'exited'),
      );
      for (const name of ending) written[name] = await stack.linesOf(name);
    });
  });

  test.each(runFixtures)('$keys', ({ services, says }) => {
    expect(written[Object.keys(services)[0] ?? '']).toEqual(expect.arrayContaining([...says]));
  });
});

describe('keys about more than one service', () => {
  test.each([...stackFixtures, ...programFixtures, ...watchFixtures])(
    '$keys',
    async ({ files, see, expected }) => {
      const seen = await withStack(async (stack) => {
        for (const [file, text] of Object.entries(filled(files, stack))) await stack.write(file, text);
        const value = await see(stack);
        return JSON.parse(JSON.stringify(value).replaceAll(stack.folder, '.')) as unknown;
      });
      expect(seen).toEqual(expected);
    },
  );
});
