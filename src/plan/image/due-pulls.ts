import { canonicalImageName } from '../../model/image-name.js';
import type { ObservedImage } from '../../model/observed.js';
import type { Reason } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { UpPolicy } from '../policy.js';
import { isBuilt, isBuiltFirst, isNamed } from './built-images.js';
import { pullKind } from './pull-kind.js';

/** What pulls before the plan depend on. */
export interface PullFacts {
  /** Local images by reference, as far as `openImages` names them. */
  readonly images: ReadonlyMap<string, ObservedImage>;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** A pull that comes before the plan. */
export interface DuePull {
  readonly reference: string;
  readonly need: 'required' | 'optional';
  readonly reason: Reason;
}

/**
 * Images that a service pulls before there is a plan: what its policy asks for, and what it would else build. `built`:
 * the names in full of all that the services at hand build; nobody misses those at registries.
 */
export function duePulls(
  service: ServiceSpec,
  project: Project,
  policy: UpPolicy,
  built: ReadonlySet<string>,
  facts: PullFacts,
): DuePull[] {
  return pullableImages(service, project, policy).flatMap((reference) => {
    const isInstead = reference === service.image && isPulledInstead(service, project, policy);
    const isOptional = isInstead || built.has(canonicalImageName(reference));
    const missing = isInstead && !facts.images.has(reference) ? missingReason : undefined;
    const reason = pullReason(reference, service, policy, facts) ?? missing;
    return reason === undefined ? [] : [{ reference, need: isOptional ? 'optional' : 'required', reason }];
  });
}

const missingReason: Reason = { kind: 'missing-image' };

/** The service's own, unless it is only built, and those of its pre_start steps. */
function pullableImages(service: ServiceSpec, project: Project, policy: UpPolicy): string[] {
  if (service.provider !== undefined) return [];
  const isPulled = !isBuilt(service, policy) || isPulledInstead(service, project, policy);
  const own = isPulled ? [service.image] : [];
  return [...own, ...service.preStart.flatMap(({ image }) => image ?? [])];
}

/** Whether a registry is asked for an image that could be built: who has none of his own is glad of it. */
function isPulledInstead(service: ServiceSpec, project: Project, policy: UpPolicy): boolean {
  return (
    isBuilt(service, policy) &&
    !isBuiltFirst(service, policy) &&
    isNamed(service, project) &&
    pullKind(service, policy) !== 'never'
  );
}

function pullReason(
  reference: string,
  service: ServiceSpec,
  policy: UpPolicy,
  { images, nowMs }: PullFacts,
): Reason | undefined {
  const kind = pullKind(service, policy);
  if (kind === 'always') return { kind: 'pull-policy', policy: 'always' };
  if (kind !== 'every' || service.pullPolicy?.kind !== 'every') return undefined;
  const image = images.get(reference);
  // An image that is not here is for the plan proper: perhaps nothing needs it.
  if (image === undefined) return undefined;
  const { lastTaggedAtMs } = image;
  const { intervalMs } = service.pullPolicy;
  if (lastTaggedAtMs !== undefined && nowMs - lastTaggedAtMs <= intervalMs) return undefined;
  const ageMs = lastTaggedAtMs === undefined ? undefined : nowMs - lastTaggedAtMs;
  return { kind: 'image-too-old', intervalMs, ageMs };
}

/** References of the images of a service whose age or presence decides whether they are pulled first. */
export function openImages(service: ServiceSpec, project: Project, policy: UpPolicy): string[] {
  const isOpen = pullKind(service, policy) === 'every' || isPulledInstead(service, project, policy);
  return isOpen ? pullableImages(service, project, policy) : [];
}
