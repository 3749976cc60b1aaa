import { groupBy } from '../../model/group-by.js';
import type { LayoutLink, LayoutNode } from './layered-order.js';

const gapPx = 28;
const rounds = 6;

/** The middle of each node, in pixels from the top: as near to its neighbours as the others of its column allow. */
export function placeNodes(
  columns: readonly (readonly LayoutNode[])[],
  links: readonly LayoutLink[],
): Map<string, number> {
  const middles = new Map<string, number>();
  for (const column of columns) {
    placeColumn(column, new Map(column.map(({ id }, index) => [id, index])), middles);
  }
  const bothWays = links.flatMap(({ left, right }) => [
    { id: left, other: right },
    { id: right, other: left },
  ]);
  const others = groupBy(bothWays, ({ id }) => id);
  for (let round = 0; round < rounds; round += 1) {
    const inTurn = round % 2 === 0 ? columns : [...columns].reverse();
    for (const column of inTurn) placeColumn(column, wishesOf(column, others, middles), middles);
  }
  return fromTheTop(columns.flat(), middles);
}

function wishesOf(
  column: readonly LayoutNode[],
  others: ReadonlyMap<string, readonly { readonly other: string }[]>,
  middles: ReadonlyMap<string, number>,
): Map<string, number> {
  return new Map(
    column.map(({ id }) => {
      const places = (others.get(id) ?? []).flatMap(({ other }) => middles.get(other) ?? []);
      const own = middles.get(id) ?? 0;
      return [id, places.length === 0 ? own : places.reduce((sum, each) => sum + each, 0) / places.length];
    }),
  );
}

/** In order and without overlap; moved as a whole so that all are as far from their wishes up as down. */
function placeColumn(
  column: readonly LayoutNode[],
  wishes: ReadonlyMap<string, number>,
  middles: Map<string, number>,
): void {
  let edge = Number.NEGATIVE_INFINITY;
  const placed = column.map(({ id, heightPx }) => {
    const place = Math.max(wishes.get(id) ?? 0, edge + gapPx + heightPx / 2);
    edge = place + heightPx / 2;
    return place;
  });
  const excess = column.reduce((sum, { id }, index) => sum + (placed[index] ?? 0) - (wishes.get(id) ?? 0), 0);
  for (const [index, { id }] of column.entries()) {
    middles.set(id, (placed[index] ?? 0) - excess / column.length);
  }
}

function fromTheTop(nodes: readonly LayoutNode[], middles: ReadonlyMap<string, number>): Map<string, number> {
  const top = nodes.reduce(
    (least, { id, heightPx }) => Math.min(least, (middles.get(id) ?? 0) - heightPx / 2),
    Number.POSITIVE_INFINITY,
  );
  return new Map([...middles].map(([id, place]) => [id, Math.round(place - top)]));
}
