import { up } from './compose.js';
import { withScale } from './graph/scale.js';
import { restart } from './lifecycle.js';
import { canonicalImageName } from './model/image-name.js';
import type { ObservedContainer } from './model/observed.js';
import type { Project } from './model/project.js';
import { serviceContexts } from './plan/build/build-needs.js';
import { defaultUpPolicy, type UpPolicy } from './plan/policy.js';
import { EngineError } from './problems/errors.js';
import type { Session } from './session.js';

export interface RebuildOptions {
  readonly prune: 'prune' | 'keep';
  readonly builds: UpPolicy['builds'];
}

/**
 * Builds the images of services, and makes those containers anew that were made from what they were before; of other
 * services too, if they use the same images. When a build fails nothing else happens. As many replicas stay as run.
 */
export async function rebuildServices(
  project: Project,
  services: readonly string[],
  { prune, builds }: RebuildOptions,
  session: Session,
): Promise<void> {
  const { engine, signal } = session;
  const containers = (await engine.listContainers(project.name, signal)).filter(({ isOneOff }) => !isOneOff);
  const policy: UpPolicy = {
    ...defaultUpPolicy,
    builds,
    services: [...services, ...usersOf(project, services, containers)],
    dependencies: 'without-dependencies',
    orphans: 'ignore',
    build: 'always',
  };
  await up(withScale(project, replicasNow(project, containers)), policy, session);
  if (prune === 'prune') await pruneImages(project, session);
}

/** As they are: what the files say differently is not the matter of a restart. */
export async function restartServices(
  project: Project,
  services: readonly string[],
  session: Session,
): Promise<void> {
  const policy = { services, dependents: 'with-dependents', timeoutSec: undefined } as const;
  await restart(project, policy, 'ignore', session);
}

/** Services that have containers, and run or begin with an image that these make. */
function usersOf(
  project: Project,
  services: readonly string[],
  containers: readonly ObservedContainer[],
): string[] {
  const made = new Set(
    services.flatMap((name) => {
      const service = project.services.get(name);
      return [service?.image, ...(service?.build?.tags ?? [])].flatMap((image) =>
        image === undefined ? [] : [canonicalImageName(image)],
      );
    }),
  );
  return [...project.services.values()].flatMap(({ name, image, build }) => {
    const isMade = made.has(canonicalImageName(image));
    const isBuiltOn = serviceContexts(build?.additionalContexts ?? new Map()).some((each) =>
      services.includes(each),
    );
    const hasContainers = containers.some(({ service }) => service === name);
    return !services.includes(name) && hasContainers && (isMade || isBuiltOn) ? [name] : [];
  });
}

/** Somebody may have scaled a service since. */
function replicasNow(project: Project, containers: readonly ObservedContainer[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { service } of containers) {
    const spec = project.services.get(service);
    if (spec === undefined || spec.provider !== undefined || spec.containerName !== undefined) continue;
    counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return counts;
}

/** Images of this project that have lost their name to newer ones, and that no container uses any more. */
async function pruneImages({ name }: Project, { engine, signal }: Session): Promise<void> {
  const images = await engine.images.listOf(name, signal);
  for (const { id, references } of images) {
    if (references.length > 0) continue;
    await engine.images.remove(id, signal).catch((error: unknown) => {
      // In use, or the parent of one that is.
      if (!(error instanceof EngineError)) throw error;
    });
  }
}
