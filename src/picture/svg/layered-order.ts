import { groupBy } from '../../model/group-by.js';

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
  const neighbours = neighboursOf(links);
  const count = nodes.reduce((most, { column }) => Math.max(most, column + 1), 0);
  const byColumn = groupBy(nodes, ({ column }) => column);
  let columns = Array.from({ length: count }, (_, index) => byColumn.get(index) ?? []);
  let best = columns;
  let fewest = crossings(best, neighbours);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    columns = sweepOnce(columns, neighbours, sweep % 2 === 0 ? 'rightwards' : 'leftwards');
    const now = crossings(columns, neighbours);
    if (now < fewest) [best, fewest] = [columns, now];
  }
  return best;
}

type Columns = readonly (readonly LayoutNode[])[];

function sweepOnce(
  columns: Columns,
  neighbours: Neighbours,
  direction: 'rightwards' | 'leftwards',
): LayoutNode[][] {
  const sorted = columns.map((column) => [...column]);
  const indexes = columns.map((_, index) => index);
  if (direction === 'leftwards') indexes.reverse();
  const side = direction === 'rightwards' ? neighbours.atLeft : neighbours.atRight;
  for (const index of indexes.slice(1)) {
    const before = sorted[direction === 'rightwards' ? index - 1 : index + 1] ?? [];
    const place = placesIn(before);
    const own = sorted[index] ?? [];
    const middles = new Map(
      own.map(({ id }, position) => [id, middle(side.get(id) ?? [], place) ?? position]),
    );
    own.sort((a, b) => (middles.get(a.id) ?? 0) - (middles.get(b.id) ?? 0));
  }
  return sorted;
}

/** Of each node, those that lines join it to in the columns beside it. */
interface Neighbours {
  readonly atLeft: ReadonlyMap<string, readonly string[]>;
  readonly atRight: ReadonlyMap<string, readonly string[]>;
}

function neighboursOf(links: readonly LayoutLink[]): Neighbours {
  const ends = (at: 'left' | 'right', other: 'left' | 'right') =>
    new Map([...groupBy(links, (link) => link[at])].map(([id, own]) => [id, own.map((link) => link[other])]));
  return { atLeft: ends('right', 'left'), atRight: ends('left', 'right') };
}

function placesIn(column: readonly LayoutNode[]): Map<string, number> {
  return new Map(column.map(({ id }, index) => [id, index]));
}

function middle(ids: readonly string[], place: ReadonlyMap<string, number>): number | undefined {
  const places = ids.flatMap((id) => place.get(id) ?? []);
  return places.length === 0 ? undefined : places.reduce((sum, each) => sum + each, 0) / places.length;
}

/** Lines that cross, between each two columns. */
function crossings(columns: Columns, { atRight }: Neighbours): number {
  return columns.slice(1).reduce((count, column, index) => {
    const place = placesIn(column);
    // Ends at the right, in the order of their beginnings at the left: two cross where the order is turned round.
    const ends = (columns[index] ?? []).flatMap(({ id }) =>
      (atRight.get(id) ?? []).flatMap((end) => place.get(end) ?? []).sort((a, b) => a - b),
    );
    return count + inversions(ends);
  }, 0);
}

/** Pairs in which the greater one comes first, counted while the halves are merged into order. */
function inversions(numbers: readonly number[]): number {
  return sortCounting(numbers).count;
}

function sortCounting(numbers: readonly number[]): { readonly sorted: readonly number[]; count: number } {
  if (numbers.length < 2) return { sorted: numbers, count: 0 };
  const middle = numbers.length >> 1;
  const left = sortCounting(numbers.slice(0, middle));
  const right = sortCounting(numbers.slice(middle));
  const sorted: number[] = [];
  let count = left.count + right.count;
  let taken = 0;
  for (const number of right.sorted) {
    for (; (left.sorted[taken] ?? Number.POSITIVE_INFINITY) <= number; taken += 1)
      sorted.push(left.sorted[taken] as number);
    count += left.sorted.length - taken;
    sorted.push(number);
  }
  return { sorted: [...sorted, ...left.sorted.slice(taken)], count };
}
