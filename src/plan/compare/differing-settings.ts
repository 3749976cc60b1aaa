import type { ObservedContainer } from '../../model/observed.js';
import type { Project } from '../../model/project.js';
import type { ContainerIndex } from '../container/container-index.js';
import type { DesiredContainer } from '../container/desired-container.js';
import { differingFields } from '../container/fingerprint.js';
import { serviceFields } from '../container/service-fields.js';
import { canonicalText } from '../text/canonical-text.js';
import { desiredSettings } from './desired-settings.js';
import { observedSettings } from './observed-settings.js';

/**
 * Ids of the fields in which a container, as the engine tells it, is not what its service says. For containers that do
 * not carry a fingerprint: those that docker compose made, and those of another version of ours. The content of
 * configs and secrets that are no files cannot be read back and counts as equal.
 */
export function differingSettings(
  container: ObservedContainer,
  desired: DesiredContainer,
  containers: ContainerIndex,
): string[] {
  const { details } = container;
  if (details === undefined) return [];
  const wish = desiredSettings(desired, container);
  const serviceOf = (id: string) => containers.withId(id)?.service;
  const read = observedSettings(container, details, wish, desired, serviceOf);
  const project = withoutKeys(desired.project);
  const texts = (service: typeof wish) =>
    new Map(serviceFields(service, project).map(({ id, value }) => [id, canonicalText(value)]));
  return [...differingFields(texts(read), texts(wish)), ...differingGrants(desired, details.service.mounts)];
}

/** Both sides name networks and volumes as the engine does: no key may be taken for one. */
function withoutKeys(project: Project): Project {
  return { ...project, networks: new Map(), volumes: new Map() };
}

/** Configs and secrets that are files must be mounted from where they are. */
function differingGrants(
  { service, project }: DesiredContainer,
  mounts: readonly { readonly source?: string; readonly target: string }[],
): string[] {
  const differing = (attribute: 'configs' | 'secrets') =>
    service[attribute].flatMap(({ source, target }) => {
      const resource = project[attribute].get(source)?.source;
      if (resource?.kind !== 'file') return [];
      const isThere = mounts.some((mount) => mount.target === target && mount.source === resource.path);
      return isThere ? [] : [`${attribute}.${target}`];
    });
  return [...differing('configs'), ...differing('secrets')];
}
