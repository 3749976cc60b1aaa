import { formatValuePath, type ValuePath } from '../../model/span.js';
import type { ProblemCode } from '../../problems/codes.js';
import type { LoadBudget } from '../load-budget.js';
import type { ProblemList } from '../problem-list.js';
import type { TreeNode } from '../tree-node.js';

/** Where a canonical form is made, and what it may do with text that it cannot read. */
export interface CanonicalContext {
  readonly problems: ProblemList;
  readonly budget: LoadBudget;
  /** `keep`: text that still has variables in it stays as it is (`--no-interpolate`). */
  readonly unreadable: 'report' | 'keep';
}

export function reportInvalid(
  context: CanonicalContext,
  node: TreeNode,
  path: ValuePath,
  message: string,
  code: ProblemCode = 'config/invalid-value',
): void {
  if (context.unreadable === 'keep') return;
  context.problems.error(code, `${formatValuePath(path)}: ${message}`, { place: node.place, path });
}
