import type { Picture, PicturedNeed } from '../../model/picture.js';
import { type LayoutLink, type LayoutNode, orderColumns } from './layered-order.js';
import { placeNodes } from './place-nodes.js';

export interface BoxSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface PlacedBox extends BoxSize {
  /** Of its left upper corner. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedLine {
  readonly need: PicturedNeed;
  /** From who needs to what is needed, through the columns between them. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Layout extends BoxSize {
  /** By service. */
  readonly boxes: ReadonlyMap<string, PlacedBox>;
  readonly lines: readonly PlacedLine[];
}

/** Room for the words on lines. */
const columnGapPx = 110;
/** Of a line that passes a column. */
const passHeightPx = 8;

/** A column for each tier, what starts first at the right, so that arrows point to what is needed. */
export function layoutOf(
  { services, needs }: Pick<Picture, 'services' | 'needs'>,
  sizes: ReadonlyMap<string, BoxSize>,
): Layout {
  const lastTier = services.reduce((highest, { tier }) => Math.max(highest, tier), 0);
  const columnOf = new Map(services.map(({ name, tier }) => [name, lastTier - tier]));
  const boxes = services.map(
    ({ name }): LayoutNode => ({
      id: name,
      column: columnOf.get(name) ?? 0,
      heightPx: sizes.get(name)?.heightPx ?? 0,
    }),
  );
  const routes = needs.map((need) => routeOf(need, columnOf));
  const links = routes.flatMap(({ ids }) =>
    ids.slice(1).map((right, index): LayoutLink => ({ left: ids[index] ?? '', right })),
  );
  const columns = orderColumns([...boxes, ...routes.flatMap(({ passes }) => passes)], links);
  const middles = placeNodes(columns, links);
  const spans = columnSpans(columns, sizes);
  const placed = new Map(
    boxes.map(({ id, column, heightPx }): [string, PlacedBox] => {
      const widthPx = spans[column]?.widthPx ?? 0;
      return [id, { x: spans[column]?.x ?? 0, y: (middles.get(id) ?? 0) - heightPx / 2, widthPx, heightPx }];
    }),
  );
  const lines = routes.map(
    ({ need, passes }): PlacedLine => ({
      need,
      points: pointsOf(need, passes, placed, { middles, spans }),
    }),
  );
  const last = spans.at(-1);
  return {
    boxes: placed,
    lines,
    widthPx: last === undefined ? 0 : last.x + last.widthPx,
    heightPx: columns
      .flat()
      .reduce((most, { id, heightPx }) => Math.max(most, (middles.get(id) ?? 0) + heightPx / 2), 0),
  };
}

interface Route {
  readonly need: PicturedNeed;
  readonly ids: readonly string[];
  readonly passes: readonly LayoutNode[];
}

/** A line that spans several columns has a place in each that it passes, so that it goes around boxes. */
function routeOf(need: PicturedNeed, columnOf: ReadonlyMap<string, number>): Route {
  const first = columnOf.get(need.from) ?? 0;
  const last = columnOf.get(need.to) ?? 0;
  const passes = Array.from(
    { length: Math.max(0, last - first - 1) },
    (_, index): LayoutNode => ({
      // A blank is in no name of a service.
      id: `${need.from} ${need.to} ${index}`,
      column: first + 1 + index,
      heightPx: passHeightPx,
    }),
  );
  const ids = last > first ? [need.from, ...passes.map(({ id }) => id), need.to] : [];
  return { need, ids, passes };
}

interface Span {
  readonly x: number;
  readonly widthPx: number;
}

function columnSpans(
  columns: readonly (readonly LayoutNode[])[],
  sizes: ReadonlyMap<string, BoxSize>,
): Span[] {
  let x = 0;
  return columns.map((column) => {
    const widthPx = column.reduce((most, { id }) => Math.max(most, sizes.get(id)?.widthPx ?? 0), 0);
    const span = { x, widthPx };
    x += widthPx + columnGapPx;
    return span;
  });
}

function pointsOf(
  { from, to }: PicturedNeed,
  passes: readonly LayoutNode[],
  boxes: ReadonlyMap<string, PlacedBox>,
  { middles, spans }: { readonly middles: ReadonlyMap<string, number>; readonly spans: readonly Span[] },
): { x: number; y: number }[] {
  const start = boxes.get(from);
  const end = boxes.get(to);
  if (start === undefined || end === undefined) return [];
  return [
    { x: start.x + start.widthPx, y: start.y + start.heightPx / 2 },
    ...passes.flatMap(({ id, column }) => {
      const { x = 0, widthPx = 0 } = spans[column] ?? {};
      const y = middles.get(id) ?? 0;
      return [
        { x, y },
        { x: x + widthPx, y },
      ];
    }),
    { x: end.x, y: end.y + end.heightPx / 2 },
  ];
}
