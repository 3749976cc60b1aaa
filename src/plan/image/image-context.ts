import type { DependencyGraph } from '../../graph/dependency-graph.js';
import type { ObservedState } from '../../model/observed.js';
import type { Reason } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { ServiceDecision } from '../container/decide-services.js';
import type { UpPolicy } from '../policy.js';
import { fitsPlatform, platformText } from './image-platform.js';

/** What decides about images, beside the services themselves. */
export interface ImageContext {
  readonly project: Project;
  readonly graph: DependencyGraph;
  readonly decisions: ReadonlyMap<string, ServiceDecision>;
  readonly observed: ObservedState;
  readonly policy: UpPolicy;
  /** For the labels of what is built. */
  readonly toolVersion: string;
}

/** An image for another platform than that of the service counts as one that is not here. */
export function isHere(
  reference: string,
  { platform }: Pick<ServiceSpec, 'platform'>,
  { observed }: Pick<ImageContext, 'observed'>,
): boolean {
  const image = observed.images.get(reference);
  return image !== undefined && fitsPlatform(image.platform, platform);
}

/** Why an image that is not here must come. */
export function missingReason(
  reference: string,
  { platform }: Pick<ServiceSpec, 'platform'>,
  { observed }: Pick<ImageContext, 'observed'>,
): Reason {
  const image = observed.images.get(reference);
  if (image === undefined || platform === undefined) return { kind: 'missing-image' };
  return { kind: 'other-platform', here: platformText(image.platform), wanted: platform };
}
