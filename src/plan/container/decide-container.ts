import { canonicalImageName } from '../../model/image-name.js';
import { ownLabel } from '../../model/labels.js';
import type { ObservedContainer, ObservedState } from '../../model/observed.js';
import type { Reason } from '../../model/plan.js';
import { differingSettings } from '../compare/differing-settings.js';
import { isSameContent } from '../image/same-content.js';
import type { RecreatePolicy } from '../policy.js';
import type { ContainerIndex } from './container-index.js';
import { describeChanges } from './describe-changes.js';
import type { DesiredContainer } from './desired-container.js';
import { differingFields, parseFingerprint } from './fingerprint.js';
import { otherParent } from './other-parent.js';
import { unknownFields } from './provided.js';
import { updatedLimits } from './updated-limits.js';

/** What there is. */
export interface KnownState {
  readonly observed: ObservedState;
  readonly containers: ContainerIndex;
}

/** Why a container must be replaced, or undefined when it may stay. The first reason that holds. */
export function decideContainer(
  container: ObservedContainer,
  desired: DesiredContainer,
  { observed, containers }: KnownState,
  policy: RecreatePolicy,
): Reason | undefined {
  if (policy === 'never') return undefined;
  if (policy === 'force') return { kind: 'forced' };
  if (container.state === 'dead' || container.state === 'removing')
    return { kind: 'broken', state: container.state };
  return (
    changedFields(container, desired, containers) ??
    changedImage(container, desired, observed) ??
    missingNetwork(container, desired, observed) ??
    missingMount(container, desired) ??
    otherParent(container, desired, containers) ??
    lastingLimits(container, desired)
  );
}

/** A container without a fingerprint is not of our making: what the engine tells of it counts, once it was asked. */
function changedFields(
  container: ObservedContainer,
  desired: DesiredContainer,
  containers: ContainerIndex,
): Reason | undefined {
  const unknown = unknownFields(desired.service, desired.project);
  const actual = parseFingerprint(container.labels.get(ownLabel.fingerprint));
  if (actual === undefined && container.details === undefined) return { kind: 'unknown-origin' };
  const ids =
    actual === undefined
      ? differingSettings(container, desired, containers)
      : differingFields(actual, desired.fingerprint)
          .filter((id) => !unknown.has(id))
          .filter((id) => id !== 'image' || !isOnlyPinned(container, desired));
  if (ids.length === 0) return undefined;
  return { kind: 'changed', changes: describeChanges(ids, container, desired) };
}

/** The same image under the same name, once with and once without its digest: what a lock adds is no change. */
function isOnlyPinned(container: ObservedContainer, { image, service }: DesiredContainer): boolean {
  const [before, now] = [container.image, service.image].map((name) =>
    canonicalImageName(name.split('@')[0] ?? name),
  );
  return before === now && image?.id === container.imageId;
}

/** Same reference, other content: somebody built or pulled it anew. */
function changedImage(
  container: ObservedContainer,
  { image, service, project }: DesiredContainer,
  { images }: ObservedState,
): Reason | undefined {
  if (image === undefined || container.imageId === image.id) return undefined;
  const before = images.get(container.imageId);
  if (before !== undefined && isSameContent(before, image)) return undefined;
  return {
    kind: 'changed',
    changes: [
      {
        path: 'image',
        oldValue: `${container.image} (${shortId(container.imageId)})`,
        isOldKnown: true,
        newValue: `${service.image} (${shortId(image.id)})`,
        span: project.origins.spanOf(['services', service.name, 'image']),
        isSecret: false,
      },
    ],
  };
}

function missingNetwork(
  container: ObservedContainer,
  desired: DesiredContainer,
  observed: ObservedState,
): Reason | undefined {
  if (desired.service.networkMode !== undefined) return undefined;
  for (const key of desired.service.networks.keys()) {
    const name = desired.project.networks.get(key)?.name ?? key;
    const attached = container.networks.get(name);
    const network = observed.networks.get(name);
    // A container that never ran has no network id yet; one whose network was made anew has a stale one.
    const isStale = attached !== undefined && attached.networkId !== '' && attached.networkId !== network?.id;
    if (attached === undefined || isStale) return { kind: 'not-attached', network: name };
  }
  return undefined;
}

function missingMount(
  container: ObservedContainer,
  { service, project }: DesiredContainer,
): Reason | undefined {
  for (const mount of service.mounts) {
    const volume = mount.type === 'volume' ? project.volumes.get(mount.source ?? '') : undefined;
    if (volume !== undefined && !container.mounts.some((actual) => actual.volumeName === volume.name)) {
      return { kind: 'not-mounted', volume: volume.name };
    }
  }
  return undefined;
}

/** A limit that somebody set and that nobody can take away again from a container that is there. */
function lastingLimits(container: ObservedContainer, desired: DesiredContainer): Reason | undefined {
  const updated = updatedLimits(container, desired);
  if (updated === undefined || updated.remedy !== undefined) return undefined;
  return { kind: 'updated', changes: updated.changes };
}

function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}
