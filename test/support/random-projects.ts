import fc from 'fast-check';
import type { Project } from '../../src/model/project.js';
import type { ServiceSpec } from '../../src/model/service.js';
import { endpoint, needs, projectOf } from './project-builder.js';

/** Names of the services, as far as a project has them. */
export const names = ['a', 'b', 'c', 'd'] as const;
/** All that the services use. */
export const images = ['busybox', 'alpine'];

/** Small projects: dependencies point backwards only, so that there is never a cycle. */
export const projects: fc.Arbitrary<Project> = fc
  .tuple(...names.map((_, index) => serviceWishes(index)))
  .map((wishes) =>
    projectOf({
      services: Object.fromEntries(
        wishes.flatMap((wish, index) => (wish === undefined ? [] : [[names[index], wish]])),
      ),
      networks: { back: {} },
      volumes: { data: {} },
    }),
  )
  .filter((project) => project.services.size > 0)
  .map(withoutMissingDependencies);

function serviceWishes(index: number): fc.Arbitrary<Partial<ServiceSpec> | undefined> {
  const wish = fc.record({
    image: fc.constantFrom(...images),
    replicas: fc.nat(2),
    environment: fc
      .dictionary(fc.constantFrom('X', 'Y'), fc.constantFrom('1', '2'))
      .map((env) => new Map(Object.entries(env))),
    networks: fc.constantFrom(
      new Map([['default', endpoint()]]),
      new Map([
        ['default', endpoint()],
        ['back', endpoint({ aliases: ['z'] })],
      ]),
    ),
    mounts: fc.constantFrom(
      [],
      [{ type: 'volume' as const, source: 'data', target: '/data', isReadOnly: false }],
      [{ type: 'volume' as const, target: '/anonymous', isReadOnly: false }],
    ),
    dependsOn: fc
      .subarray(names.slice(0, index))
      .chain((list) =>
        fc.boolean().map((restart) => new Map(list.map((name) => [name, needs({ restart })]))),
      ),
  });
  return fc.option(wish, { nil: undefined, freq: 4 });
}

function withoutMissingDependencies(project: Project): Project {
  const services = new Map(
    [...project.services].map(([name, service]) => {
      const dependsOn = new Map([...service.dependsOn].filter(([to]) => project.services.has(to)));
      return [name, { ...service, dependsOn }] as const;
    }),
  );
  return { ...project, services };
}
