import type { TreeNode } from '../tree-node.js';
import { type BindContext, type Binder, explicitInteger, mapOfAll } from './bind.js';
import { WireStruct, wireNumber } from './wire-value.js';

/** One number for both limits, or `soft` and `hard`. A zero is not shown in JSON, as in the reference. */
const limitShape: Binder = (node, context) => {
  if (node.kind !== 'map') {
    const single = wireNumber(explicitInteger(node, context));
    return single === 0 ? limits(0, 0) : single;
  }
  return limits(limitOf(node, 'soft', context), limitOf(node, 'hard', context));
};

function limitOf(node: TreeNode, name: string, context: BindContext): number {
  const value = node.kind === 'map' ? node.entries.get(name)?.value : undefined;
  if (value === undefined) return 0;
  return wireNumber(context.below(name, () => explicitInteger(value, context))) ?? 0;
}

function limits(soft: number, hard: number): WireStruct {
  const fields = new Map([
    ['soft', soft],
    ['hard', hard],
  ]);
  let both = new WireStruct(fields);
  for (const [name, limit] of fields) if (limit === 0) both = both.hidingInJson(name);
  return both;
}

export const ulimitsShape = mapOfAll(limitShape);
