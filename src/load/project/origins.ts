import type { Origins } from '../../model/span.js';
import { spanOfPlace } from '../place.js';
import { type MapNode, nodeAt } from '../tree-node.js';

/** Finds where a value of the canonical model was written; looks only when somebody asks. */
export function originsOf(tree: MapNode): Origins {
  return {
    spanOf(path) {
      for (let length = path.length; length > 0; length--) {
        const node = nodeAt(tree, path.slice(0, length));
        if (node === undefined) continue;
        const last = path[length - 1];
        const parent = nodeAt(tree, path.slice(0, length - 1));
        const key =
          node.kind !== 'scalar' && parent?.kind === 'map'
            ? parent.entries.get(String(last))?.key
            : undefined;
        return spanOfPlace(key ?? node.place);
      }
      return undefined;
    },
  };
}
