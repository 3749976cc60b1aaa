import type { ImageLeftReason } from '../../model/image-left.js';
import { canonicalImageName } from '../../model/image-name.js';
import type { ObservedImage } from '../../model/observed.js';
import type { Plan, PlanNote, Reason } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import { PlanBuilder } from '../plan-builder.js';
import { fitsPlatform, platformText } from './image-platform.js';
import { furtherImages, hasNamedImage } from './service-images.js';

/** What a person asks of `pull`. */
export interface PullRequest {
  /** Empty: all. */
  readonly services: readonly string[];
  readonly dependencies: 'with-dependencies' | 'without-dependencies';
  /** `files`: as each service says; a service that says nothing is pulled. */
  readonly policy: 'files' | 'missing' | 'always';
  /** Whether images that can be built are pulled too. */
  readonly buildable: 'pull' | 'leave';
}

/**
 * Plans the pull of the images of these services, of their pre_start steps and of their image mounts: each image once,
 * all independent of each other. `images`: the local ones by reference.
 */
export function planPull(
  project: Project,
  services: readonly string[],
  request: PullRequest,
  images: ReadonlyMap<string, ObservedImage>,
): Plan {
  const plan = new PlanBuilder(project.name);
  const planned = new Set<string>();
  const left: Extract<PlanNote, { kind: 'image-left' }>[] = [];
  const add = (reference: string, service: ServiceSpec) => {
    const { name, platform } = service;
    const key = keyOf(reference, platform);
    if (planned.has(key)) return;
    planned.add(key);
    const reason = reasonOf(images.get(reference), platform);
    plan.add('pull-image', { reference, platform, need: 'required' }, { reason, service: name });
  };
  for (const name of services) {
    const service = project.services.get(name);
    if (service === undefined || service.provider !== undefined) continue;
    const why = whyLeft(service, project, request, images);
    if (why === undefined) add(service.image, service);
    else left.push({ kind: 'image-left', action: 'pull', service: name, reference: service.image, why });
    for (const reference of furtherImages(service)) {
      if (isWanted(reference, service, request, images)) add(reference, service);
    }
  }
  // What one service leaves, another one may need.
  for (const note of left) if (!planned.has(keyOf(note.reference, undefined))) plan.note(note);
  return plan.finish();
}

function keyOf(reference: string, platform: string | undefined): string {
  return `${canonicalImageName(reference)} ${platform ?? ''}`;
}

/** References of the images that such a plan asks about. */
export function imagesToPull(project: Project, services: readonly string[]): Set<string> {
  const references = services.flatMap((name) => {
    const service = project.services.get(name);
    if (service === undefined || service.provider !== undefined) return [];
    return [service.image, ...furtherImages(service)];
  });
  return new Set(references);
}

function whyLeft(
  service: ServiceSpec,
  project: Project,
  request: PullRequest,
  images: ReadonlyMap<string, ObservedImage>,
): ImageLeftReason | undefined {
  if (!hasNamedImage(project, service)) return 'unnamed';
  if (service.build !== undefined && request.buildable === 'leave') return 'buildable';
  const kind = kindOf(service, request);
  if (kind === 'never' || kind === 'build') return 'policy';
  return kind === 'missing' && isEnough(service.image, service, images) ? 'here' : undefined;
}

/** What is not the service's own image is not built with it. */
function isWanted(
  reference: string,
  service: ServiceSpec,
  request: PullRequest,
  images: ReadonlyMap<string, ObservedImage>,
): boolean {
  const kind = kindOf(service, request);
  if (kind === 'never') return false;
  return !(kind === 'missing' || kind === 'build') || !isEnough(reference, service, images);
}

function kindOf({ pullPolicy }: ServiceSpec, { policy }: PullRequest) {
  return policy === 'files' ? (pullPolicy?.kind ?? 'always') : policy;
}

/** The tag `latest` means something new at any time: being here is not enough for it. */
function isEnough(
  reference: string,
  { platform }: ServiceSpec,
  images: ReadonlyMap<string, ObservedImage>,
): boolean {
  const image = images.get(reference);
  const isMoving = canonicalImageName(reference).endsWith(':latest');
  return image !== undefined && fitsPlatform(image.platform, platform) && !isMoving;
}

function reasonOf(image: ObservedImage | undefined, platform: string | undefined): Reason {
  if (image === undefined) return { kind: 'missing-image' };
  if (platform === undefined || fitsPlatform(image.platform, platform)) return { kind: 'requested' };
  return { kind: 'other-platform', here: platformText(image.platform), wanted: platform };
}
