import type { CodeSpan } from '../../../model/compose-code.js';
import { type Node, spanOf, type Written } from './code-file.js';
import { type FollowImport, findLiteral, keyOf, longestWay } from './find-literal.js';

/** Where a value comes from: the expression that gave it, or a place inside of which other code made it. */
export type Origin =
  | { readonly kind: 'written'; readonly written: Written }
  | { readonly kind: 'inside'; readonly at: CodeSpan };

export interface EntryOrigin {
  readonly keyAt: CodeSpan;
  readonly origin: Origin;
}

type ObjectLiteral = Extract<Node, { type: 'ObjectExpression' }>;
type ArrayLiteral = Extract<Node, { type: 'ArrayExpression' }>;

/** The place of an origin; `isInside` when it is not the value's own. */
export function placeOf(origin: Origin): CodeSpan {
  return origin.kind === 'written' ? spanOf(origin.written) : origin.at;
}

export function insideOf(at: CodeSpan): Origin {
  return { kind: 'inside', at: { ...at, isInside: true } };
}

/** Where a key of an object stands, and where its value comes from. What is written later wins, as it does in code. */
export function findEntry(
  { file, node }: Written & { readonly node: ObjectLiteral },
  key: string,
  follow: FollowImport,
  way = longestWay,
): EntryOrigin {
  let other: Written | undefined;
  for (const property of [...node.properties].reverse()) {
    const written = { file, node: property };
    if (property.type === 'SpreadElement') {
      const spread = findSpread({ file, node: property.argument }, key, follow, way - 1);
      if (spread !== undefined) return spread;
      other ??= { file, node: property.argument };
    } else if (keyOf(property) === key) {
      const keyAt = spanOf({ file, node: property.key });
      const expression = property.type === 'ObjectMethod' ? property : property.value;
      return { keyAt, origin: { kind: 'written', written: { file, node: expression } } };
    } else if (keyOf(property) === undefined) other ??= written;
  }
  const at = spanOf(other ?? { file, node });
  return { keyAt: { ...at, isInside: true }, origin: insideOf(at) };
}

/** An entry that `...object` brings, when that object is written out and has the key. */
function findSpread(
  argument: Written,
  key: string,
  follow: FollowImport,
  way: number,
): EntryOrigin | undefined {
  const literal = way === 0 ? undefined : findObjectWith(argument, key, follow);
  return literal === undefined ? undefined : findEntry(literal, key, follow, way);
}

function findObjectWith(
  written: Written,
  key: string,
  follow: FollowImport,
): (Written & { readonly node: ObjectLiteral }) | undefined {
  // Only the key counts: what else the object has may have been replaced.
  const literal = findLiteral(written, { [key]: undefined }, follow);
  if (literal === undefined || !isObject(literal)) return undefined;
  const hasKey = literal.node.properties.some(
    (property) => property.type !== 'SpreadElement' && keyOf(property) === key,
  );
  return hasKey ? literal : undefined;
}

/** Where an item of a list comes from. A spread of unknown length hides what is behind it, seen from both ends. */
export function findItem(
  { file, node }: Written & { readonly node: ArrayLiteral },
  index: number,
  length: number,
): Origin {
  const { elements } = node;
  const isSpread = (element: Node | null | undefined) => element?.type === 'SpreadElement';
  const first = elements.findIndex(isSpread);
  const last = elements.findLastIndex(isSpread);
  const fromEnd = elements.length - (length - index);
  const at = first === -1 || index < first ? index : fromEnd > last ? fromEnd : undefined;
  const element = at === undefined ? undefined : elements[at];
  if (element) return { kind: 'written', written: { file, node: element } };
  return insideOf(spanOf({ file, node: (first === -1 ? undefined : elements[first]) ?? node }));
}

export function isObject(written: Written): written is Written & { readonly node: ObjectLiteral } {
  return written.node.type === 'ObjectExpression';
}

export function isArray(written: Written): written is Written & { readonly node: ArrayLiteral } {
  return written.node.type === 'ArrayExpression';
}
