import { canonicalImageName } from '../../model/image-name.js';
import { defaultImageName } from '../../model/names.js';
import type { ObservedState, ProjectImage } from '../../model/observed.js';
import type { Project } from '../../model/project.js';
import type { DownPolicy } from '../down-policy.js';
import type { PlanBuilder } from '../plan-builder.js';

/**
 * Plans the removal of images. `local`: those that were built for the services, known by their label, and those with
 * the name that a build without `image` gets. `all`: every other image of the services too. One that a container of
 * somebody else uses stays.
 */
export function planImageRemovals(
  plan: PlanBuilder,
  services: ReadonlySet<string>,
  project: Project,
  observed: ObservedState,
  { policy, made, after }: { policy: DownPolicy; made: readonly ProjectImage[]; after: readonly number[] },
): void {
  if (policy.images === 'keep') return;
  const references = [
    ...builtImages(made, services, project, policy),
    ...serviceImages(services, project, policy.images).filter((name) => observed.images.has(name)),
  ];
  const byName = new Map(references.map((reference) => [canonicalImageName(reference), reference]));
  // One after the other: engines mix up two names of one image, or an image and the one that it was made from.
  let afterSettled = after;
  for (const reference of byName.values()) {
    const fields = { reference, whenInUse: 'keep' } as const;
    afterSettled = [plan.add('remove-image', fields, { reason: { kind: 'requested' }, afterSettled })];
  }
}

/** Images with the project's label; those of services that the files do not have count as orphans do. */
function builtImages(
  made: readonly ProjectImage[],
  services: ReadonlySet<string>,
  project: Project,
  policy: DownPolicy,
): string[] {
  const isOrphan = (service: string) =>
    !project.services.has(service) && !project.inactiveServices.has(service);
  return made
    .filter(({ service }) =>
      service === undefined || isOrphan(service) ? policy.orphans === 'remove' : services.has(service),
    )
    .flatMap(({ id, references }) => (references.length === 0 ? [id] : references));
}

function serviceImages(services: ReadonlySet<string>, project: Project, which: 'local' | 'all'): string[] {
  return [...project.services.values()]
    .filter(({ name }) => services.has(name))
    .filter(({ name, image }) => which === 'all' || image === defaultImageName(project, name))
    .map(({ image }) => image);
}
