import type { PicturedService } from '../../model/picture.js';
import { visibleText } from '../../model/visible-text.js';
import { cutText, textWidth } from '../text-width.js';
import type { BoxSize, PlacedBox } from './layout.js';
import { type NetworkColors, xmlText } from './svg-text.js';

/** A line of text in a box. */
interface BoxLine {
  readonly text: string;
  readonly look: 'name' | 'quiet' | 'plain';
}

const paddingPx = 12;
const lineHeightPx = 17;
const longestLine = 46;
/** Of one column of text; the fonts that are there differ, and the widest must fit. */
const columnPx = { name: 9.2, quiet: 7, plain: 7 } as const;
const chipHeightPx = 16;

export function boxSize(service: PicturedService): BoxSize {
  const lines = linesOf(service);
  const widths = lines.map(({ text, look }) => textWidth(text) * columnPx[look]);
  const rows = chipRows(service);
  const chips = rows.map((row) => row.reduce((sum, { widthPx }) => sum + widthPx + 6, -6));
  return {
    widthPx: Math.ceil(Math.max(90, ...widths, ...chips) + 2 * paddingPx),
    heightPx: 2 * paddingPx + lines.length * lineHeightPx + rows.length * (chipHeightPx + 6) - 4,
  };
}

export function serviceBox(service: PicturedService, place: PlacedBox, colors: NetworkColors): string[] {
  const { x, y, widthPx, heightPx } = place;
  const left = x + paddingPx;
  const lines = linesOf(service);
  const texts = lines.map(
    ({ text, look }, index) =>
      `<text class="${look}" x="${left}" y="${y + paddingPx + 12 + index * lineHeightPx}">${xmlText(text)}</text>`,
  );
  const chipsTop = y + paddingPx + lines.length * lineHeightPx + 4;
  const chips = chipRows(service).flatMap((row, index) =>
    chipsAt(row, left, chipsTop + index * (chipHeightPx + 6), colors),
  );
  const look = service.isActive ? 'box' : 'box off';
  return [
    `<g class="service${service.isActive ? '' : ' asleep'}">`,
    `<rect class="${look}" x="${x}" y="${y}" width="${widthPx}" height="${heightPx}" rx="8"/>`,
    ...texts,
    ...chips,
    '</g>',
  ];
}

function linesOf({ name, origin, marks, facts }: PicturedService): BoxLine[] {
  const shown = facts.filter(({ kind }) => kind !== 'networks');
  const networkMode = facts
    .filter(({ kind }) => kind === 'networks')
    .flatMap(({ values }) => values.filter((value) => value.includes(' ')))
    .map((value) => ({ text: `network ${value}`, look: 'plain' }) as const);
  const lines: BoxLine[] = [
    { text: name, look: 'name' },
    { text: origin, look: 'quiet' },
    ...(marks.length === 0 ? [] : [{ text: marks.join(', '), look: 'quiet' } as const]),
    ...networkMode,
    ...shown.flatMap(({ kind, values }) =>
      values.map((value) => ({ text: `${symbols[kind]} ${value}`, look: 'plain' }) as const),
    ),
  ];
  return lines.map(({ text, look }) => ({ text: cutText(visibleText(text), longestLine), look }));
}

/** Letters that every font has. */
const symbols = {
  ports: 'port',
  networks: 'net',
  volumes: 'vol',
  binds: 'bind',
  configs: 'config',
  secrets: 'secret',
} as const;

interface Chip {
  readonly key: string;
  readonly text: string;
  readonly widthPx: number;
}

/** The networks of a service, a few in a row. */
function chipRows({ networks }: PicturedService): Chip[][] {
  const rows: Chip[][] = [];
  for (const key of networks) {
    const text = cutText(key, 24);
    const chip = { key, text, widthPx: Math.ceil(textWidth(text) * 6.6 + 14) };
    const last = rows.at(-1);
    const used = last?.reduce((sum, { widthPx }) => sum + widthPx + 6, 0) ?? 0;
    if (last !== undefined && used + chip.widthPx <= 260) last.push(chip);
    else rows.push([chip]);
  }
  return rows;
}

function chipsAt(row: readonly Chip[], left: number, top: number, colors: NetworkColors): string[] {
  let x = left;
  return row.flatMap(({ key, text, widthPx }) => {
    const drawn = [
      `<rect x="${x}" y="${top}" width="${widthPx}" height="${chipHeightPx}" rx="8" fill="${colors(key)}"/>`,
      `<text class="chip" x="${x + widthPx / 2}" y="${top + 12}">${xmlText(text)}</text>`,
    ];
    x += widthPx + 6;
    return drawn;
  });
}
