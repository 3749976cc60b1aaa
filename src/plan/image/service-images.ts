import { defaultImageName, type NamingProject } from '../../model/names.js';
import type { ServiceSpec } from '../../model/service.js';

/** True when the files give the image a name: one that is only built gets its name from the project. */
export function hasNamedImage(project: NamingProject, { name, image, build }: ServiceSpec): boolean {
  return build === undefined || image !== defaultImageName(project, name);
}

/** Images that a service needs beside its own: of its pre_start steps, and those that it mounts. */
export function furtherImages(service: ServiceSpec): string[] {
  const ofSteps = service.preStart.flatMap(({ image }) => image ?? []);
  return [...new Set([...ofSteps, ...mountedImages(service)])];
}

/** Images whose files a service mounts. */
export function mountedImages({ mounts }: ServiceSpec): string[] {
  return mounts.flatMap(({ type, source }) => (type === 'image' ? (source ?? []) : []));
}
