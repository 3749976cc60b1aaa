import { withInstance } from '../../model/names.js';
import { PathRules } from '../path-rules.js';
import { impliedAt } from '../provenance.js';
import { transformAt } from '../transform-at.js';
import { changeEntry, child, type MapNode, scalarNode, stringOf, type TreeNode } from '../tree-node.js';

/** Names that the files choose and that a whole engine shares. All others begin with the name of the project. */
const nameRules = PathRules.of<'name' | 'resource'>({
  'services.*.container_name': 'name',
  'networks.*': 'resource',
  'volumes.*': 'resource',
});

/** The model with names of its own for the instance. What others own keeps its name: it is shared on purpose. */
export function isolateNames(model: MapNode, instance: string): MapNode {
  const rename = (node: TreeNode): TreeNode => {
    const name = stringOf(node);
    return name === undefined || name === ''
      ? node
      : scalarNode(withInstance(name, instance), impliedAt(node.place));
  };
  return transformAt(model, nameRules, (node, kind) => {
    if (kind === 'name') return rename(node);
    return node.kind !== 'map' || isExternal(node) ? node : changeEntry(node, 'name', rename);
  }) as MapNode;
}

export function isExternal(resource: TreeNode): boolean {
  const external = child(resource, 'external');
  return external?.kind === 'scalar' && external.value === true;
}
