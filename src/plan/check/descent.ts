import { groupBy } from '../../model/group-by.js';
import { composeLabel } from '../../model/labels.js';
import type { ObservedContainer, ObservedState, RealPlaces } from '../../model/observed.js';
import type { Project } from '../../model/project.js';

/** What a container says of the files that it was made from. */
export interface Home {
  readonly directory: string;
  readonly files: readonly string[];
}

/**
 * Whose files made a container that goes by the name of the project:
 * `own`: those that are loaded now, or nothing says otherwise;
 * `moved`: those of a directory that has no such files any more;
 * `other-files`: others of the same directory, which have nothing in common with these;
 * `elsewhere`: those of another directory, and they are still there.
 */
export type Descent = 'own' | 'moved' | 'other-files' | 'elsewhere';

/** undefined: it does not say. */
export function homeOf({ labels }: ObservedContainer): Home | undefined {
  const directory = labels.get(composeLabel.workingDir) ?? '';
  const files = (labels.get(composeLabel.configFiles) ?? '').split(',').filter((file) => file !== '');
  // Version 1 of docker-compose wrote files as they were given.
  const paths = files.map((file) => (/^([/-]|[A-Za-z]:)/.test(file) ? file : `${directory}/${file}`));
  return directory === '' || files.length === 0 ? undefined : { directory, files: paths };
}

/** Whether the labels alone tell that a container is the project's own: so it nearly always is. */
export function isPlainlyOwn(home: Home | undefined, { workingDir, configFiles }: Project): boolean {
  return home === undefined ||
    configFiles.length === 0 ||
    home.files.some((file) => configFiles.some((own) => sourceOf(own) === sourceOf(file)))
    ? true
    : home.directory === workingDir && home.files.every((file) => file === standardInput);
}

/** Paths whose real places decide where there is doubt. */
export function placesInDoubt(containers: readonly ObservedContainer[], project: Project): string[] {
  const homes = containers.map(homeOf).filter((home) => home !== undefined);
  const doubtful = homes.filter((home) => !isPlainlyOwn(home, project));
  if (doubtful.length === 0) return [];
  const there = doubtful.flatMap(({ directory, files }) => [directory, ...files]);
  return [...new Set([project.workingDir, ...project.configFiles, ...there])];
}

/** The descent of each container, by id. Without places only what the labels tell alone counts, and the rest is `own`. */
export function descents(
  project: Project,
  { containers, places }: Pick<ObservedState, 'containers' | 'places'>,
): Map<string, Descent> {
  const groups = groupBy(containers, (container) => JSON.stringify(homeOf(container)));
  return new Map(
    [...groups.values()].flatMap((group) => {
      const descent = places === undefined ? 'own' : descentOf(group, project, places);
      return group.map(({ id }) => [id, descent] as const);
    }),
  );
}

/** Of containers that were all made from the same files. */
function descentOf(group: readonly ObservedContainer[], project: Project, places: RealPlaces): Descent {
  const home = group[0] === undefined ? undefined : homeOf(group[0]);
  if (home === undefined || isPlainlyOwn(home, project) || sharesFile(home, project, places)) return 'own';
  const isThere = home.files.some((file) => file === standardInput || places.has(file));
  if (!isThere || !places.has(home.directory)) {
    return isSame(home.directory, project.workingDir, places) ? 'own' : 'moved';
  }
  if (!isSame(home.directory, project.workingDir, places)) return 'elsewhere';
  const knows = (service: string) => project.services.has(service) || project.inactiveServices.has(service);
  return group.some(({ service }) => knows(service)) ? 'own' : 'other-files';
}

function sharesFile({ files }: Home, { configFiles }: Project, places: RealPlaces): boolean {
  return files.some((file) => configFiles.some((own) => isSame(file, own, places)));
}

function isSame(one: string, other: string, places: RealPlaces): boolean {
  return sourceOf(places.get(one) ?? one) === sourceOf(places.get(other) ?? other);
}

/** Of what was fetched, every version has a directory of its own: they are one place, as far as this goes. */
function sourceOf(path: string): string {
  return path.replace(/(\/tscompose\/remote\/(?:oci|git)\/[0-9a-f]{64})\/[0-9a-f]{40,64}(?=\/|$)/, '$1');
}

/** How labels call a Compose file that was read from there. */
const standardInput = '-';
