import { fewAtOnce } from '../model/few-at-once.js';
import { ownLabel } from '../model/labels.js';
import type { ObservedContainer, ObservedImage, ObservedState } from '../model/observed.js';
import type { Project } from '../model/project.js';
import { EngineError } from '../problems/errors.js';
import type { Engine } from './engine.js';

/**
 * What the engine has for a project, in one snapshot. Costs three lists, one request per distinct image, and one per
 * network or volume that the project names and that is not among its own: many at once, and no inspection of any
 * container. After a build, one request more for each image that it has replaced.
 */
export async function observe(
  engine: Engine,
  project: Project,
  signal?: AbortSignal,
): Promise<ObservedState> {
  const [containers, networks, volumes, images] = await Promise.all([
    engine.listContainers(project.name, signal),
    withNamed(engine.listNetworks(project.name, signal), namesOf(project.networks), (name) =>
      engine.findNetwork(name, signal),
    ),
    withNamed(engine.listVolumes(project.name, signal), namesOf(project.volumes), (name) =>
      engine.findVolume(name, signal),
    ),
    observeImages(engine, imagesOf(project), signal),
  ]);
  const before = await observeImages(engine, builtBefore(containers, project, images), signal);
  const all = new Map([...images, ...before]);
  return { engine: engine.version, containers, networks, volumes, images: all };
}

/**
 * Ids of the images that containers have where a build has made another one since: whether it changed anything for them
 * is in the images.
 */
function builtBefore(
  containers: readonly ObservedContainer[],
  { services }: Project,
  images: ReadonlyMap<string, ObservedImage>,
): Set<string> {
  return new Set(
    containers.flatMap(({ service, imageId }) => {
      const image = images.get(services.get(service)?.image ?? '');
      return image?.labels.has(ownLabel.buildInputs) && image.id !== imageId ? [imageId] : [];
    }),
  );
}

/** The local images among these references: one request each. */
export function observeImages(
  engine: Engine,
  references: Iterable<string>,
  signal?: AbortSignal,
): Promise<Map<string, ObservedImage>> {
  return findEach([...references], (reference) => engine.findImage(reference, signal));
}

/**
 * The same state with `details` for the containers whose ids are given: one request each. A container that has gone
 * in the meantime stays as it was; the next look will miss it.
 */
export async function observeDetails(
  engine: Engine,
  state: ObservedState,
  ids: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ObservedState> {
  const inspect = async (container: ObservedContainer): Promise<ObservedContainer> => {
    if (!ids.has(container.id)) return container;
    try {
      return { ...container, details: await engine.inspectContainer(container.id, signal) };
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'not-found') return container;
      throw error;
    }
  };
  return { ...state, containers: await fewAtOnce(state.containers, questionsAtOnce, inspect) };
}

/** The listed resources by name, and those of the wanted names that the list does not have, but the engine does. */
async function withNamed<Resource extends { readonly name: string }>(
  listing: Promise<readonly Resource[]>,
  wanted: readonly string[],
  find: (name: string) => Promise<Resource | undefined>,
): Promise<ReadonlyMap<string, Resource>> {
  const byName = new Map((await listing).map((resource) => [resource.name, resource]));
  const others = await findEach(
    wanted.filter((name) => !byName.has(name)),
    find,
  );
  return new Map([...byName, ...others]);
}

/** What is there, by the name that it was asked for. */
async function findEach<Resource>(
  names: readonly string[],
  find: (name: string) => Promise<Resource | undefined>,
): Promise<Map<string, Resource>> {
  const found = await fewAtOnce(names, lookUpsAtOnce, async (name) => [name, await find(name)] as const);
  return new Map(found.flatMap(([name, resource]) => (resource === undefined ? [] : [[name, resource]])));
}

function namesOf(resources: ReadonlyMap<string, { readonly name: string }>): string[] {
  return [...new Set([...resources.values()].map(({ name }) => name))];
}

function imagesOf(project: Project): string[] {
  return [
    ...new Set(
      [...project.services.values()].flatMap(({ image, provider, preStart, mounts }) => [
        ...(provider === undefined ? [image] : []),
        ...preStart.flatMap((hook) => hook.image ?? []),
        ...mounts.flatMap(({ type, source }) => (type === 'image' ? (source ?? []) : [])),
      ]),
    ),
  ];
}

/** Who runs in these networks, and is no container of the project. */
export async function observeStrangers(
  engine: Engine,
  { containers }: Pick<ObservedState, 'containers'>,
  networks: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<NonNullable<ObservedState['strangersIn']>> {
  const own = new Set(containers.map(({ name }) => name));
  const strangers = await fewAtOnce([...networks], questionsAtOnce, async (name) => {
    const holders = await engine.looks.listHolders({ kind: 'network', nameOrId: name }, signal);
    return [name, holders.filter((holder) => !own.has(holder.name))] as const;
  });
  return new Map(strangers);
}

/** As many as most projects need; a thousand connections at once are more than systems and engines like. */
const lookUpsAtOnce = 32;

/** Connections that are used again cost less than one for each question, here and in the engine. */
const questionsAtOnce = 4;
