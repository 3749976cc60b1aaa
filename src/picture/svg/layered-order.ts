/** Something that has a place in a column: a box, or where a long line passes by. */
export interface LayoutNode {
  readonly id: string;
  readonly column: number;
  readonly heightPx: number;
}

/** A line between neighbouring columns. */
export interface LayoutLink {
  readonly left: string;
  readonly right: string;
}

const sweeps = 8;

/** Nodes of each column from top to bottom, so that few lines cross: each goes to the middle of its neighbours. */
export function orderColumns(
  nodes: readonly LayoutNode[],
  links: readonly LayoutLink[],
): readonly (readonly LayoutNode[])[] {
  const count = nodes.reduce((most, { column }) => Math.max(most, column + 1), 0);
  let columns = Array.from({ length: count }, (_, index) => nodes.filter(({ column }) => column === index));
  let best = columns;
  for (let sweep = 0; sweep < sweeps && crossings(best, links) > 0; sweep += 1) {
    columns = sweepOnce(columns, links, sweep % 2 === 0 ? 'rightwards' : 'leftwards');
    if (crossings(columns, links) < crossings(best, links)) best = columns;
  }
  return best;
}

type Columns = readonly (readonly LayoutNode[])[];

function sweepOnce(
  columns: Columns,
  links: readonly LayoutLink[],
  direction: 'rightwards' | 'leftwards',
): LayoutNode[][] {
  const sorted = columns.map((column) => [...column]);
  const indexes = columns.map((_, index) => index);
  if (direction === 'leftwards') indexes.reverse();
  for (const index of indexes.slice(1)) {
    const before = sorted[direction === 'rightwards' ? index - 1 : index + 1] ?? [];
    const place = new Map(before.map(({ id }, position) => [id, position]));
    const own = sorted[index] ?? [];
    const middles = new Map(
      own.map(({ id }, position) => [id, middle(neighboursOf(id, links, direction), place) ?? position]),
    );
    own.sort((a, b) => (middles.get(a.id) ?? 0) - (middles.get(b.id) ?? 0));
  }
  return sorted;
}

function neighboursOf(
  id: string,
  links: readonly LayoutLink[],
  direction: 'rightwards' | 'leftwards',
): string[] {
  return direction === 'rightwards'
    ? links.filter(({ right }) => right === id).map(({ left }) => left)
    : links.filter(({ left }) => left === id).map(({ right }) => right);
}

function middle(ids: readonly string[], place: ReadonlyMap<string, number>): number | undefined {
  const places = ids.flatMap((id) => place.get(id) ?? []);
  return places.length === 0 ? undefined : places.reduce((sum, each) => sum + each, 0) / places.length;
}

function crossings(columns: Columns, links: readonly LayoutLink[]): number {
  const place = new Map(columns.flatMap((column) => column.map(({ id }, index) => [id, index] as const)));
  const columnOf = new Map(columns.flatMap((column, index) => column.map(({ id }) => [id, index] as const)));
  let count = 0;
  for (const [index, a] of links.entries()) {
    for (const b of links.slice(index + 1)) {
      if (columnOf.get(a.left) !== columnOf.get(b.left)) continue;
      const leftSide = (place.get(a.left) ?? 0) - (place.get(b.left) ?? 0);
      const rightSide = (place.get(a.right) ?? 0) - (place.get(b.right) ?? 0);
      if (leftSide * rightSide < 0) count += 1;
    }
  }
  return count;
}
