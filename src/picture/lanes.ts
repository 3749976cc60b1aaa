import { groupBy } from '../model/group-by.js';
import type { Picture, PicturedNeed, PicturedService } from '../model/picture.js';

/** One line of the drawing at the left of the text. */
export interface LaneRow {
  /** `node`: where a service stands; `need`: the line from what it needs; `below`: next to what is said of it. */
  readonly kind: 'node' | 'need' | 'below';
  readonly cells: string;
  readonly need?: PicturedNeed;
}

export interface ServiceLanes {
  readonly service: PicturedService;
  readonly rows: readonly LaneRow[];
}

/** From which sides lines come into a cell: they make its character. */
const up = 1;
const down = 2;
const left = 4;
const right = 8;
/** By the sum of the sides. */
const corners = [' ', '╵', '╷', '│', '╴', '╯', '╮', '┤', '╶', '╰', '╭', '├', '─', '┴', '┬', '┼'] as const;

/** More lines beside each other than anybody can follow: then there are none. */
const mostLanes = 200;

/**
 * A line down from each service to the last one that needs it, as histories are drawn: each service stands in a
 * column that is free, and gives it back when nobody below needs it any more. Without lines, only the services are marked.
 */
export function lanesOf({ services, needs }: Pick<Picture, 'services' | 'needs'>): ServiceLanes[] {
  const lanes: (string | undefined)[] = [];
  const position = new Map(services.map(({ name }, index) => [name, index]));
  const lastUse = new Map<string, number>();
  const isBelow = ({ from, to }: PicturedNeed) => (position.get(from) ?? 0) > (position.get(to) ?? 0);
  for (const need of needs.filter(isBelow)) {
    lastUse.set(need.to, Math.max(lastUse.get(need.to) ?? 0, position.get(need.from) ?? 0));
  }
  const needsOf = groupBy(needs, ({ from }) => from);
  const withoutLines = lanesAtOnce(services, lastUse) > mostLanes;
  return services.map((service, index) => {
    const own = needsOf.get(service.name) ?? [];
    if (withoutLines) return { service, rows: rowsWithoutLines(service, own) };
    const column = freeColumn(lanes);
    lanes[column] = service.name;
    const isOver = (name: string) => (lastUse.get(name) ?? -1) <= index;
    const rows = rowsOf(service, column, own, lanes, isOver);
    if (isOver(service.name)) lanes[column] = undefined;
    return { service, rows: [...rows, { kind: 'below', cells: cellsOf(lanes, new Map()) }] };
  });
}

/** The most at any service. */
function lanesAtOnce(services: Picture['services'], lastUse: ReadonlyMap<string, number>): number {
  const ends = groupBy(services.keys(), (index) => lastUse.get(services[index]?.name ?? '') ?? index);
  let open = 0;
  let most = 0;
  for (const index of services.keys()) {
    most = Math.max(most, ++open);
    open -= ends.get(index)?.length ?? 0;
  }
  return most;
}

function rowsWithoutLines(service: PicturedService, needs: readonly PicturedNeed[]): LaneRow[] {
  return [
    { kind: 'node', cells: markOf(service) },
    ...needs.map((need): LaneRow => ({ kind: 'need', cells: '', need })),
    { kind: 'below', cells: '' },
  ];
}

function markOf({ isActive }: PicturedService): string {
  return isActive ? '●' : '○';
}

function freeColumn(lanes: readonly (string | undefined)[]): number {
  const free = lanes.indexOf(undefined);
  return free === -1 ? lanes.length : free;
}

/** The row of the service, then one for each thing that it needs. Lanes that are over are given back on the way. */
function rowsOf(
  service: PicturedService,
  column: number,
  needs: readonly PicturedNeed[],
  lanes: (string | undefined)[],
  isOver: (name: string) => boolean,
): LaneRow[] {
  const node = new Map([[column, markOf(service)]]);
  const rows: LaneRow[] = [{ kind: 'node', cells: cellsOf(lanes, node) }];
  for (const [index, need] of needs.entries()) {
    const from = lanes.indexOf(need.to);
    const isLast = index === needs.length - 1;
    const ownGoesOn = !isLast || !isOver(service.name);
    // Of a circle among services that sleep, one line has nowhere to come from.
    if (from === -1 || from === column) {
      rows.push({ kind: 'need', cells: cellsOf(lanes, new Map()), need });
      continue;
    }
    const goesOn = !isOver(need.to);
    rows.push({ kind: 'need', cells: bentCells(lanes, { from, goesOn }, { to: column, ownGoesOn }), need });
    if (!goesOn) lanes[from] = undefined;
  }
  return rows;
}

interface Bend {
  readonly from: number;
  readonly goesOn: boolean;
}

/** The lanes with a line across, from that of what is needed to that of who needs it. */
function bentCells(
  lanes: readonly (string | undefined)[],
  { from, goesOn }: Bend,
  { to, ownGoesOn }: { readonly to: number; readonly ownGoesOn: boolean },
): string {
  const [first, last] = from < to ? [from, to] : [to, from];
  const characters = new Map<number, string>();
  for (let column = first; column <= last; column += 1) {
    const isTaken = lanes[column] !== undefined;
    const passes = column === from ? goesOn : column === to ? ownGoesOn : isTaken;
    const sides =
      (isTaken ? up : 0) + (passes ? down : 0) + (column > first ? left : 0) + (column < last ? right : 0);
    characters.set(column, corners[sides] ?? ' ');
  }
  return cellsOf(lanes, characters, [first, last]);
}

function cellsOf(
  lanes: readonly (string | undefined)[],
  special: ReadonlyMap<number, string>,
  [first, last]: readonly [number, number] = [0, 0],
): string {
  return lanes
    .map((lane, column) => {
      const cell = special.get(column) ?? (lane === undefined ? ' ' : '│');
      return `${cell}${column >= first && column < last ? '─' : ' '}`;
    })
    .join('')
    .trimEnd();
}
