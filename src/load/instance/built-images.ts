import { canonicalImageName } from '../../model/image-name.js';
import { PathRules } from '../path-rules.js';
import { impliedAt } from '../provenance.js';
import { transformAt } from '../transform-at.js';
import { child, entriesOf, type MapNode, scalarNode, stringOf, type TreeNode } from '../tree-node.js';
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

/** The model with images of its own for the instance, wherever one that it builds is named. */
export function isolateImages(model: MapNode, instance: string): MapNode {
  const built = new Set([...builtImages(model).keys()].map(canonicalImageName));
  const renamed = (reference: string): string =>
    built.has(canonicalImageName(reference)) ? imageWithInstance(reference, instance) : reference;
  return transformAt(model, imageRules, (node, kind) => {
    const text = stringOf(node);
    if (text === undefined) return node;
    const changed = kind === 'context' ? renameContext(text, renamed) : renamed(text);
    return changed === text ? node : scalarNode(changed, impliedAt(node.place));
  }) as MapNode;
}

/** `docker-image://app:dev`, behind `base=` in a list. */
function renameContext(text: string, renamed: (reference: string) => string): string {
  const [, before = '', reference] = /^(.*docker-image:\/\/)(.+)$/s.exec(text) ?? [];
  return reference === undefined ? text : `${before}${renamed(reference)}`;
}
