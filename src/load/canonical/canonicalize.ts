import {
  child,
  type MapNode,
  mapEntries,
  scalarNode,
  stringOf,
  type TreeNode,
  withEntry,
} from '../tree-node.js';
import { canonicalizeService } from './canonicalize-service.js';
import type { CanonicalContext } from './context.js';

/** The model with every short form written out. Running it again changes nothing. */
export function canonicalize(model: MapNode, context: CanonicalContext): MapNode {
  return mapEntries(model, (section, key) => {
    if (section.kind !== 'map') return section;
    if (key === 'services') {
      return mapEntries(section, (service, name) =>
        service.kind === 'map' ? canonicalizeService(service, name, context) : service,
      );
    }
    if (!resourceSections.has(key)) return section;
    return mapEntries(section, (resource, name) => canonicalizeExternal(resource, key, name, context));
  });
}

const resourceSections = new Set(['networks', 'volumes', 'configs', 'secrets']);

/** The old `external: {name: x}` is `external: true` and `name: x`. */
function canonicalizeExternal(
  resource: TreeNode,
  section: string,
  key: string,
  { problems }: CanonicalContext,
): TreeNode {
  const external = child(resource, 'external');
  if (resource.kind !== 'map' || external?.kind !== 'map') return resource;
  const path = [section, key, 'external'];
  problems.warnOnce(
    'config/obsolete',
    `${section}.${key}: external.name is deprecated, set name and external: true`,
    { place: external.place, path },
  );
  const isExternal = withEntry(resource, 'external', scalarNode(true, external.place));
  const newName = child(external, 'name');
  if (newName === undefined) return isExternal;
  const ownName = child(resource, 'name');
  if (ownName !== undefined && stringOf(ownName) !== stringOf(newName)) {
    problems.error(
      'config/conflicting-keys',
      `${section}.${key}: name and external.name conflict; only use name`,
      { place: newName.place, path, related: [{ message: 'name stands here', place: ownName.place }] },
    );
  }
  return withEntry(isExternal, 'name', newName);
}
