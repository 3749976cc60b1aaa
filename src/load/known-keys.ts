import { closestName } from '../model/closest-name.js';
import type { ProblemList } from './problem-list.js';
import type { TreeNode } from './tree-node.js';

/**
 * Reports keys that a mapping must not have: `include` and `extends` are used up before the model is checked against
 * the schema.
 */
export function checkKnownKeys(
  node: TreeNode,
  known: readonly string[],
  subject: string,
  problems: ProblemList,
): void {
  if (node.kind !== 'map') return;
  for (const [key, entry] of node.entries) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    const similar = closestName(key, known);
    problems.error('config/unknown-key', `${subject} has no key "${key}"`, {
      place: entry.key,
      hint: similar === undefined ? `it can have ${known.join(', ')}` : `did you mean "${similar}"?`,
    });
  }
}
