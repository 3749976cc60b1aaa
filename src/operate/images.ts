import type { Engine } from '../engine/engine.js';
import type { ImageOfContainer } from '../model/looks.js';
import type { ServicesOfProject } from './top.js';

/** The image of each container, stopped ones too, one-offs left out, by name of the container. One call for each image. */
export async function listImages(
  engine: Engine,
  { project, services }: ServicesOfProject,
  signal?: AbortSignal,
): Promise<ImageOfContainer[]> {
  const containers = (await engine.listContainers(project, signal)).filter(
    ({ service, isOneOff }) => !isOneOff && (services.length === 0 || services.includes(service)),
  );
  const ids = [...new Set(containers.map(({ imageId }) => imageId))];
  const found = await Promise.all(
    ids.map(async (id) => [id, await engine.looks.findImageFacts(id, signal)] as const),
  );
  const factsById = new Map(found);
  return containers.map(({ name, image, imageId }) => ({
    container: name,
    imageId,
    ...nameOf(image),
    facts: factsById.get(imageId),
  }));
}

/** A container whose image has lost its name to another one tells the id instead. */
function nameOf(reference: string): { repository: string | undefined; tag: string | undefined } {
  if (/^(sha256:)?[0-9a-f]{64}$/.test(reference)) return { repository: undefined, tag: undefined };
  const [name = reference, digest] = reference.split('@');
  const [, repository = name, tag] = /^(.*?)(?::([^:/]+))?$/.exec(name) ?? [];
  return { repository, tag: tag ?? (digest === undefined ? 'latest' : undefined) };
}
