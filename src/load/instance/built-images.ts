import { canonicalImageName } from '../../model/image-name.js';
import { PathRules } from '../path-rules.js';
import { impliedAt } from '../provenance.js';
import { transformAt } from '../transform-at.js';
import {
  child,
  entriesOf,
  type MapNode,
  scalarNode,
  stringOf,
  type TreeNode,
  withEntry,
} from '../tree-node.js';
import { imageWithInstance } from './instance-name.js';

/** Where a model names images, and how. */
const imageRules = PathRules.of<'reference' | 'mount' | 'context'>({
  'services.*.image': 'reference',
  'services.*.build.tags.[]': 'reference',
  'services.*.build.additional_contexts.*': 'context',
  'services.*.build.additional_contexts.[]': 'context',
  'services.*.pre_start.[].image': 'reference',
  'services.*.volumes.[].source': 'mount',
});

const serviceRules = PathRules.of<true>({ 'services.*': true });

/** Names of the images that services build, as they are written. Without `image` a service has one of its own anyway. */
export function builtImages(model: MapNode): ReadonlyMap<string, TreeNode> {
  const found = new Map<string, TreeNode>();
  for (const { value: service } of entriesOf(child(model, 'services')).values()) {
    const build = child(service, 'build');
    if (build === undefined) continue;
    const tags = child(build, 'tags');
    for (const node of [child(service, 'image'), ...(tags?.kind === 'list' ? tags.items : [])]) {
      const reference = stringOf(node);
      if (node !== undefined && reference !== undefined) found.set(reference, node);
    }
  }
  return found;
}

/**
 * The model with images of its own for the instance, wherever one that it builds is named. No registry has these, so
 * nobody is to look for them there.
 */
export function isolateImages(model: MapNode, instance: string): MapNode {
  const built = new Set([...builtImages(model).keys()].map(canonicalImageName));
  const own = new Set<string>();
  const renamed = (reference: string): string => {
    if (!built.has(canonicalImageName(reference))) return reference;
    const name = imageWithInstance(reference, instance);
    own.add(name);
    return name;
  };
  const isolated = transformAt(model, imageRules, (node, kind) => {
    const text = stringOf(node);
    if (text === undefined) return node;
    const changed = kind === 'context' ? renameContext(text, renamed) : renamed(text);
    return changed === text ? node : scalarNode(changed, impliedAt(node.place));
  }) as MapNode;
  return transformAt(isolated, serviceRules, (service) => {
    const image = child(service, 'image');
    const isOwn = own.has(stringOf(image) ?? '');
    return image !== undefined && isOwn && service.kind === 'map' ? withoutPull(service, image) : service;
  }) as MapNode;
}

function withoutPull(service: MapNode, image: TreeNode): MapNode {
  return stringOf(child(service, 'pull_policy')) === 'build'
    ? service
    : withEntry(service, 'pull_policy', scalarNode('never', impliedAt(image.place)));
}

/** `docker-image://app:dev`, behind `base=` in a list. */
function renameContext(text: string, renamed: (reference: string) => string): string {
  const [, before = '', reference] = /^(.*docker-image:\/\/)(.+)$/s.exec(text) ?? [];
  return reference === undefined ? text : `${before}${renamed(reference)}`;
}
