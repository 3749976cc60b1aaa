import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadProject } from '../../src/load/load-project.js';
import { canonicalImageName } from '../../src/model/image-name.js';
import { containerName } from '../../src/model/names.js';
import type { Project } from '../../src/model/project.js';
import { MemoryInstances } from '../support/memory-instances.js';
import { loadRequest, memoryLoadIo } from '../support/memory-load-io.js';

// Of few words, so that names meet whenever a rule lets them.
const word = fc.constantFrom('a', 'b');
const key = fc
  .tuple(
    fc.constantFrom('', '', '-', '_'),
    word,
    fc.array(fc.tuple(fc.constantFrom('-', '--', '_'), word), { maxLength: 2 }),
  )
  .map((parts) => parts.flat(2).join(''));
const name = key.filter((text) => /^[ab]/.test(text));
const instance = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('-'));

/** Two, of which one is often how the other begins. */
const instances = fc
  .tuple(instance, instance, word, fc.boolean())
  .map(([one, other, more, isLonger]) => [one, isLonger ? `${one}-${more}` : other] as const);

const resource = fc.oneof(
  fc.constant({}),
  fc.record({ name: name }),
  fc.record({ external: fc.constant(true), name }),
);
const service = fc.record(
  {
    image: name.map((text) => `a:${text}`),
    build: fc.constant('.'),
    container_name: name.map((text) => `${text}-a`),
    ports: fc.constant(['8080:80']),
  },
  { requiredKeys: ['image'] },
);
const file = fc.record({
  name,
  services: fc.dictionary(key, service, { minKeys: 1, maxKeys: 3 }),
  networks: fc.dictionary(key, resource, { maxKeys: 2 }),
  volumes: fc.dictionary(key, resource, { maxKeys: 2 }),
});

async function load(text: string, asked: string | undefined): Promise<Project | undefined> {
  const io = { ...memoryLoadIo({ files: { 'compose.yaml': text } }), instances: new MemoryInstances() };
  const request = loadRequest({
    keepUnusedResources: true,
    ...(asked === undefined ? {} : { instance: asked }),
  });
  const result = await loadProject(request, io);
  return result.ok ? result.project : undefined;
}

/** What a whole engine has one of, by kind, as far as the project makes it. */
function ownNames(project: Project): string[] {
  const services = [...project.services.values()];
  const ours = [...project.networks.values(), ...project.volumes.values()].filter(
    ({ isExternal }) => !isExternal,
  );
  const kindOf = new Map([...project.networks.values()].map((each) => [each, 'network'] as const));
  return [
    `project ${project.name}`,
    ...services.flatMap((each) =>
      [1, 2, 12].map((number) => `container ${containerName(project, each, number)}`),
    ),
    ...services.flatMap(({ build, image }) =>
      build === undefined ? [] : [`image ${canonicalImageName(image)}`],
    ),
    ...ours.map((each) => `${kindOf.get(each as never) ?? 'volume'} ${each.name}`),
  ];
}

/** Names of what others own, which an engine has one of as well. */
function foreignNames({ networks, volumes }: Project): string[] {
  const of = (kind: string, all: Iterable<{ isExternal: boolean; name: string }>) =>
    [...all].flatMap(({ isExternal, name: text }) => (isExternal ? [`${kind} ${text}`] : []));
  return [...of('network', networks.values()), ...of('volume', volumes.values())];
}

test('no name of an instance is one of another instance, of the project itself, or of what others own', async () => {
  let compared = 0;
  const rule = fc.asyncProperty(file, instances, async (model, [one, other]) => {
    fc.pre(one !== other);
    const text = JSON.stringify(model);
    const projects = await Promise.all([undefined, one, other].map((asked) => load(text, asked)));
    const [plain, first, second] = projects;
    if (plain === undefined || first === undefined || second === undefined) return;
    compared += 1;
    const sets = [ownNames(plain), ownNames(first), ownNames(second)].map((names) => new Set(names));
    const foreign = foreignNames(plain);
    const shared = sets.flatMap((names, index) =>
      [...names].filter((each) => {
        const others = sets.filter((_, at) => at !== index);
        return others.some((set) => set.has(each)) || (index > 0 && foreign.includes(each));
      }),
    );
    expect(shared).toEqual([]);
  });
  // Chance seldom comes to it.
  const services = { a: { image: 'a' }, 'b-a': { image: 'a' } };
  const known = { name: 'a', services, networks: {}, volumes: {} };
  await fc.assert(rule, { numRuns: 150, examples: [[known, ['a', 'a-b']]] });
  expect(compared).toBeGreaterThan(20);
});

test('what an instance changes is names, tags, ports and what tells of them, and nothing else', async () => {
  const rule = fc.asyncProperty(file, instance, async (model, asked) => {
    const text = JSON.stringify(model);
    const [plain, own] = await Promise.all([load(text, undefined), load(text, asked)]);
    if (plain === undefined || own === undefined) return;
    expect(bare(own)).toEqual(bare(plain));
  });
  await fc.assert(rule, { numRuns: 100 });
});

/** Without what an instance has of its own. */
function bare(project: Project): unknown {
  const unnamed = <T extends object>(all: ReadonlyMap<string, T>) =>
    [...all].map(([at, each]) => [at, { ...each, name: '' }]);
  const services = [...project.services.values()].map(
    ({ image, containerName, environment, pullPolicy, build, ports, ...rest }) => ({
      ...rest,
      hasName: containerName !== undefined,
      targets: ports.map(({ target, protocol }) => `${target}/${protocol}`),
    }),
  );
  return { services, networks: unnamed(project.networks), volumes: unnamed(project.volumes) };
}
