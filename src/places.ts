import type { ObservedContainer, ObservedState, RealPlaces } from './model/observed.js';
import type { Places } from './model/places.js';
import type { Project } from './model/project.js';
import { checkDescent, type ElsewherePolicy } from './plan/check/check-descent.js';
import { placesInDoubt } from './plan/check/descent.js';
import { BlockedError } from './problems/errors.js';
import type { Session } from './session.js';

/** The state with the places that its labels name, looked up where they alone do not tell. No call to the engine. */
export async function withPlaces<State extends Pick<ObservedState, 'containers'>>(
  observed: State,
  project: Project,
  places: Places | undefined,
): Promise<State & { readonly places?: RealPlaces }> {
  if (places === undefined) return observed;
  const found = await Promise.all(
    placesInDoubt(observed.containers, project).map(async (path) => {
      const real = path === '-' ? undefined : await places.realPath(path).catch(() => path);
      return real === undefined ? [] : [[path, real] as const];
    }),
  );
  return { ...observed, places: new Map(found.flat()) };
}

/**
 * The project's containers, without those of other files in its directory. One list call. Throws BlockedError when
 * files of another directory have made some.
 */
export async function ownContainers(
  project: Project,
  { engine, places, signal }: Pick<Session, 'engine' | 'places' | 'signal'>,
): Promise<ObservedContainer[]> {
  const containers = await engine.listContainers(project.name, signal);
  const strangers = await refuseElsewhere(project, containers, 'refuse', places);
  return containers.filter(({ id }) => !strangers.has(id));
}

/** Throws BlockedError; gives the ids of containers of other files in the project's directory. */
export async function refuseElsewhere(
  project: Project,
  containers: readonly ObservedContainer[],
  elsewhere: ElsewherePolicy,
  places: Places | undefined,
): Promise<ReadonlySet<string>> {
  const located = await withPlaces({ containers }, project, places);
  const { problems, strangers } = checkDescent(project, located, elsewhere);
  if (problems.length > 0) throw new BlockedError(problems);
  return strangers;
}
