import type { BuildNeed } from '../../model/build-facts.js';
import { canonicalImageName } from '../../model/image-name.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import { dockerfileImages } from './dockerfile-images.js';

export type BuildProject = Pick<Project, 'services' | 'inactiveServices'>;

/** A service of the files: what others are built from need not be active itself. */
export function anyService(project: BuildProject, name: string): ServiceSpec | undefined {
  return project.services.get(name) ?? project.inactiveServices.get(name);
}

/** Every image that the project can build, by the name that its service has for it. */
export function builtImages({ services, inactiveServices }: BuildProject): string[] {
  return [...services.values(), ...inactiveServices.values()].flatMap(({ build, image }) =>
    build === undefined ? [] : [image],
  );
}

/**
 * Services of the project that must be built before this one: those that it names as contexts, and those that build an
 * image that its Dockerfile names. `dockerfile` undefined: it is not known.
 */
export function buildNeeds(
  { name, build }: ServiceSpec,
  dockerfile: string | undefined,
  project: BuildProject,
): BuildNeed[] {
  if (build === undefined) return [];
  const contexts = serviceContexts(build.additionalContexts).filter((other) => other !== name);
  // A context of that name takes the place of the image.
  const images = (dockerfile === undefined ? [] : dockerfileImages(dockerfile, build.args))
    .filter((image) => !build.additionalContexts.has(image))
    .map(canonicalImageName);
  const makers = [...project.services.values(), ...project.inactiveServices.values()].filter(
    (other) =>
      other.name !== name &&
      !contexts.includes(other.name) &&
      other.build !== undefined &&
      [other.image, ...other.build.tags].some((made) => images.includes(canonicalImageName(made))),
  );
  return [
    ...contexts.map((service) => ({ service, kind: 'context' }) as const),
    ...makers.map(({ name: service }) => ({ service, kind: 'image' }) as const),
  ];
}

/** Services that are named as `service:…`. */
export function serviceContexts(contexts: ReadonlyMap<string, string>): string[] {
  return [...new Set([...contexts.values()].flatMap((context) => serviceOf(context) ?? []))];
}

/** `service:api` → `api`. */
export function serviceOf(context: string): string | undefined {
  return context.startsWith('service:') ? context.slice('service:'.length) : undefined;
}
