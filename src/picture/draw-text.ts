import type { Picture, PicturedNeed, PicturedResource, PicturedService } from '../model/picture.js';
import { visibleText } from '../model/visible-text.js';
import { type LaneRow, lanesOf, type ServiceLanes } from './lanes.js';
import { cutText, textWidth } from './text-width.js';

/** How the parts of the picture are coloured. Each gets a text and gives it back with whatever marks it. */
export interface PicturePaint {
  readonly title: (text: string) => string;
  readonly line: (text: string) => string;
  readonly quiet: (text: string) => string;
}

export interface TextShape {
  /** Columns that there are; undefined: as many as it takes. */
  readonly columns?: number;
  readonly paint?: PicturePaint;
}

const same = (text: string): string => text;
const noPaint: PicturePaint = { title: same, line: same, quiet: same };
/** Of the words before values: `networks  `. */
const labelWidth = 10;
/** Below it a wrapped list would be a column of single letters. */
const leastTextWidth = 24;

/**
 * The project as a drawing of lines and letters: what starts first stands at the top, and a line leads from each
 * service to all that need it. Ends with a line end.
 */
export function drawText(picture: Picture, { columns, paint = noPaint }: TextShape = {}): string {
  const lanes = lanesOf(picture);
  const widest = lanes
    .flatMap(({ rows }) => rows)
    .reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const limit = Math.max(leastTextWidth, columns ?? Number.POSITIVE_INFINITY);
  // Where lines alone fill the terminal, words must do.
  const laneWidth = widest + leastTextWidth > limit ? 0 : widest;
  const page: Page = { laneWidth, textColumns: limit - (laneWidth === 0 ? 2 : laneWidth + 1), paint };
  const resources = [
    ...resourceLines('networks', picture.networks, limit, paint),
    ...resourceLines('volumes', picture.volumes, limit, paint),
  ];
  return [
    paint.title(cutText(visibleText(headingOf(picture)), limit)),
    '',
    ...lanes.flatMap((each) => serviceLines(each, page)),
    ...resources,
  ]
    .map((line) => `${line}\n`)
    .join('');
}

interface Page {
  /** 0: no lanes are drawn. */
  readonly laneWidth: number;
  readonly textColumns: number;
  readonly paint: PicturePaint;
}

function headingOf({ project, services, networks, volumes }: Picture): string {
  const count = (number: number, noun: string) =>
    number === 0 ? [] : [`${number} ${noun}${number === 1 ? '' : 's'}`];
  const parts = [
    ...count(services.length, 'service'),
    ...count(networks.length, 'network'),
    ...count(volumes.length, 'volume'),
  ];
  return `${project}: ${parts.join(', ') || 'nothing'}`;
}

function serviceLines({ service, rows }: ServiceLanes, page: Page): string[] {
  const { paint, textColumns } = page;
  const below = rows.at(-1);
  const bent = rows.slice(0, -1).map((row) => {
    const text =
      row.kind === 'node' ? titleOf(service, page) : paint.quiet(cutText(needText(row.need), textColumns));
    return joined(row, text, page);
  });
  const facts = service.facts.flatMap(({ kind, values }) =>
    labelled(kind, values.map(visibleText), textColumns, paint).map((text) => joined(below, text, page)),
  );
  return [...bent, ...facts, joined(below, '', page)];
}

function titleOf({ name, origin, marks }: PicturedService, { textColumns, paint }: Page): string {
  const shownName = cutText(visibleText(name), textColumns);
  const rest = [origin, ...(marks.length === 0 ? [] : [`(${marks.join(', ')})`])].join('  ');
  const restColumns = textColumns - textWidth(shownName) - 2;
  return `${paint.title(shownName)}${restColumns < 4 ? '' : `  ${paint.quiet(cutText(visibleText(rest), restColumns))}`}`;
}

/** `needs db: healthy`. */
export function needText(need: PicturedNeed | undefined): string {
  if (need === undefined) return '';
  const words = [...(need.state === undefined ? [] : [need.state]), ...need.marks];
  return `after ${need.to}${words.length === 0 ? '' : `: ${words.join(', ')}`}`;
}

function joined(row: LaneRow | undefined, text: string, { laneWidth, paint }: Page): string {
  const cells = row?.cells ?? '';
  const mark = row?.kind === 'node' ? (cells.includes('○') ? '○' : '●') : '';
  const shown = laneWidth > 0 ? cells : mark;
  const painted = shown === '' ? '' : paint.line(shown);
  if (text === '') return painted;
  return `${painted}${' '.repeat((laneWidth || 1) + 1 - shown.length)}${text}`;
}

/** A word and values behind it, on as many lines as it takes; only a value that is wider than a line is cut. */
function labelled(
  label: string,
  values: readonly string[],
  columns: number,
  { quiet }: PicturePaint,
): string[] {
  const space = Math.max(4, columns - labelWidth);
  const lines: string[][] = [];
  let room = 0;
  for (const [index, value] of values.entries()) {
    const text = cutText(index === values.length - 1 ? value : `${value},`, space);
    const taken = textWidth(text) + 1;
    const last = lines.at(-1);
    if (last !== undefined && taken <= room) last.push(text);
    else {
      lines.push([text]);
      room = space + 1;
    }
    room -= taken;
  }
  return lines.map(
    (words, index) => `${quiet((index === 0 ? label : '').padEnd(labelWidth))}${words.join(' ')}`,
  );
}

function resourceLines(
  title: string,
  resources: readonly PicturedResource[],
  columns: number,
  paint: PicturePaint,
): string[] {
  if (resources.length === 0) return [];
  const lines = resources.flatMap(({ key, name, marks, users }) => {
    const words = [...marks, ...(name === undefined ? [] : [`named ${name}`])];
    const head = `${key}${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
    const of = users.length === 0 ? ['nobody'] : users;
    return [
      `  ${paint.title(cutText(visibleText(head), columns - 2))}`,
      ...labelled('of', of, columns - 4, paint).map((line) => `    ${line}`),
    ];
  });
  return [paint.quiet(title), ...lines, ''];
}
