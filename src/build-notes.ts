import { type BuildLook, readBuildFacts } from './build-facts.js';
import { observeImages } from './engine/observe.js';
import { buildDependencyGraph } from './graph/dependency-graph.js';
import { selectServices } from './graph/select.js';
import type { ObservedState } from './model/observed.js';
import type { Plan, PlanNote } from './model/plan.js';
import type { Project } from './model/project.js';
import { builtImages } from './plan/build/build-needs.js';
import { isBuilt, isBuiltFirst } from './plan/image/built-images.js';
import { preparationNotes } from './plan/plan-preparation.js';
import type { UpPolicy } from './plan/policy.js';
import { BlockedError } from './problems/errors.js';
import type { Session } from './session.js';

type Looking = Pick<Session, 'engine' | 'buildPlaces' | 'signal'>;

/** The state with what is known of the builds that a first plan has; undefined when it has none. */
export async function withBuilds(
  project: Project,
  policy: UpPolicy,
  { steps }: Plan,
  observed: ObservedState,
  { engine, ...look }: Pick<Looking, 'engine'> & BuildLook,
): Promise<Pick<ObservedState, 'builds' | 'images'> | undefined> {
  const services = steps.flatMap((step) => (step.kind === 'build-image' ? [step.build.service] : []));
  if (services.length === 0) return undefined;
  // What they begin with need not be active, and so it was not looked for.
  const others = builtImages(project).filter((image) => !observed.images.has(image));
  const images = new Map([
    ...observed.images,
    ...(await observeImages(engine, new Set(others), look.signal)),
  ]);
  const request = { services, platforms: 'one', request: policy.builds, images } as const;
  return { images, builds: await readBuildFacts(project, request, look) };
}

/** What comes before a plan, without the builds that are steps of it. */
export function notesBefore(preparation: Plan, { steps }: Plan): PlanNote[] {
  const built = new Set(steps.flatMap((step) => (step.kind === 'build-image' ? [step.build.names[0]] : [])));
  return preparationNotes(preparation).filter(
    (note) => note.kind !== 'built-first' || !built.has(note.reference),
  );
}

/**
 * Notes on images that are not what the files would make now, and that nobody has asked to build. What cannot be read
 * is left out: the image is here, and nothing needs to be built.
 */
export async function staleImages(
  project: Project,
  policy: UpPolicy,
  { engine, buildPlaces, signal }: Looking,
): Promise<PlanNote[]> {
  if (policy.build !== 'missing' || buildPlaces === undefined) return [];
  const graph = buildDependencyGraph(project.services);
  const selected = selectServices(project, graph, policy.services, policy.dependencies).services;
  const built = selected.flatMap((name) => {
    const service = project.services.get(name);
    return service !== undefined && isBuilt(service, policy) && !isBuiltFirst(service, policy)
      ? [service]
      : [];
  });
  const references = built.map(({ image }) => image);
  const images = await observeImages(engine, references, signal);
  const notes = built.map(async ({ name, image }): Promise<PlanNote[]> => {
    const request = { services: [name], platforms: 'one', request: policy.builds, images } as const;
    const facts = images.has(image)
      ? await readIfThere(project, request, { buildPlaces, signal })
      : undefined;
    const { differences = [] } = facts?.get(name) ?? {};
    return differences.length === 0
      ? []
      : [{ kind: 'image-stale', service: name, reference: image, differences }];
  });
  return (await Promise.all(notes)).flat();
}

async function readIfThere(...call: Parameters<typeof readBuildFacts>) {
  try {
    return await readBuildFacts(...call);
  } catch (error) {
    if (error instanceof BlockedError) return undefined;
    throw error;
  }
}
