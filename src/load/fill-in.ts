import { isCodeFile } from './code/code-file.js';
import { warnOfTemplates } from './code/warn-of-templates.js';
import { castTree, interpolateIn } from './interpolate-tree.js';
import type { ModelScope } from './model-scope.js';
import { mapEntries, mapItems, type TreeNode } from './tree-node.js';

/** A document with its variables filled in, when that is wanted. Texts that code made are what they are. */
export function fillIn(document: TreeNode, path: string, scope: ModelScope): TreeNode {
  const isWanted = scope.options.interpolate === 'yes';
  if (!isCodeFile(path)) return isWanted ? interpolateIn(document, scope) : document;
  if (!isWanted) return escaped(document);
  warnOfTemplates(document, scope.problems);
  return castTree(document, scope.problems);
}

/** The tree as a file says it that is interpolated later: with `$$` for each `$`. */
function escaped(node: TreeNode): TreeNode {
  if (node.kind === 'list') return mapItems(node, escaped);
  if (node.kind === 'map') return mapEntries(node, escaped);
  const { value } = node;
  if (typeof value !== 'string' || !value.includes('$')) return node;
  return { ...node, value: value.replaceAll('$', () => '$$') };
}
