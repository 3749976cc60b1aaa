import { visibleText } from '../../model/visible-text.js';
import { decimalSize } from '../size-words.js';
import { chooseRows, type ShownRow } from './choose-rows.js';
import { columnsOf, cutText, padText, rowOf } from './display-width.js';
import { elapsedText } from './elapsed.js';
import type { FootPart, FootRow, ScreenSize } from './foot-row.js';
import { type Glyphs, unicodeGlyphs } from './glyphs.js';
import type { LiveRow } from './live-row.js';
import type { LiveView } from './live-rows.js';
import { withoutKind } from './live-steps.js';

export type TreePaint = {
  readonly [color in 'green' | 'red' | 'dim' | 'bold' | 'cyan']: (text: string) => string;
};

export interface TreeStyle {
  readonly glyphs: Glyphs;
  readonly paint: TreePaint;
}

/** A spinner that turns faster is no nicer. */
const turnMs = 100;
const elapsedColumns = 6;
/** Below so many columns names go without the kind of thing that they name, and nothing has a bar. */
const narrowColumns = 60;
const mostWordColumns = 12;

/** The tree as rows of a terminal: never more than `size.rows`, none wider than it is. */
export function treeLines(view: LiveView, size: ScreenSize, nowMs: number, style: TreeStyle): FootRow[] {
  if (size.rows < 1) return [];
  const shown = chooseRows(view.rows, size.rows - 1);
  const layout = layoutFor(shown, size.columns);
  // A row that is as wide as the terminal makes some of them begin another one.
  const columns = Math.max(0, size.columns - 1);
  return [headParts(view, nowMs, style), ...shown.map((row) => partsOf(row, layout, nowMs, style))].map(
    (parts) => rowOf(parts, columns, style.glyphs.dots),
  );
}

interface Layout {
  readonly names: 'with-kind' | 'without-kind';
  readonly nameColumns: number;
  /** Of the words before a bar. */
  readonly wordColumns: number;
  readonly barColumns: number;
}

function layoutFor(shown: readonly ShownRow[], columns: number): Layout {
  const names = columns < narrowColumns ? 'without-kind' : 'with-kind';
  const widths = shown.map((row) =>
    row.kind === 'fold' ? 0 : columnsOf(nameOf(row, names)) + branchOf(row, unicodeGlyphs).length,
  );
  const words = shown.map((row) =>
    row.kind === 'fold' || row.row.bytes === undefined ? 0 : row.row.text.length,
  );
  return {
    names,
    nameColumns: Math.min(Math.max(0, ...widths), Math.floor(columns * 0.4)),
    wordColumns: Math.min(Math.max(0, ...words), mostWordColumns),
    barColumns: columns < narrowColumns ? 0 : columns < 100 ? 12 : 24,
  };
}

function headParts(view: LiveView, nowMs: number, { glyphs, paint }: TreeStyle): FootPart[] {
  const { projects, done, total, failed, skipped, startedAtMs } = view;
  return [
    { text: ` ${spinner(glyphs, nowMs)} `, paint: paint.cyan },
    { text: elapsedText(nowMs - startedAtMs).padStart(elapsedColumns), paint: paint.dim },
    { text: `  ${inRow(projects.join(', '))}`, paint: paint.bold },
    { text: `  ${done} of ${total} done` },
    ...(failed > 0 ? [{ text: `, ${failed} failed`, paint: paint.red }] : []),
    ...(skipped > 0 ? [{ text: `, ${skipped} skipped`, paint: paint.dim }] : []),
  ];
}

function partsOf(shown: ShownRow, layout: Layout, nowMs: number, style: TreeStyle): FootPart[] {
  const { glyphs, paint } = style;
  if (shown.kind === 'fold') return [{ text: foldText(shown, glyphs), paint: paint.dim }];
  const { row } = shown;
  const elapsed = row.startedAtMs === undefined ? '' : elapsedText(nowMs - row.startedAtMs);
  const words = padText(inRow(row.text), row.bytes === undefined ? 0 : layout.wordColumns);
  const branch = branchOf(shown, glyphs);
  const nameColumns = layout.nameColumns - branch.length;
  const name = cutText(nameOf(shown, layout.names), nameColumns, glyphs.dots);
  return [
    { text: ` ${signOf(shown, nowMs, glyphs)} `, paint: paint[signColors[row.status]] },
    { text: elapsed.padStart(elapsedColumns), paint: paint.dim },
    { text: `  ${branch}`, paint: paint.dim },
    { text: padText(name, nameColumns) },
    { text: `  ${words}`, ...textColor(row, paint) },
    ...amountParts(row, layout, style),
    ...(row.detail === undefined ? [] : [{ text: `  ${inRow(row.detail)}`, paint: paint.dim }]),
  ];
}

function amountParts({ bytes }: LiveRow, { barColumns }: Layout, { glyphs, paint }: TreeStyle): FootPart[] {
  if (bytes === undefined) return [];
  const { current, total } = bytes;
  const share = Math.min(1, Math.max(0, current / total));
  const done = Math.round(share * barColumns);
  const bar =
    barColumns === 0
      ? []
      : [
          { text: '  ' },
          { text: glyphs.barDone.repeat(done), paint: paint.green },
          { text: glyphs.barLeft.repeat(barColumns - done), paint: paint.dim },
        ];
  return [...bar, { text: `  ${decimalSize(current)} of ${decimalSize(total)}` }];
}

const signColors = { failed: 'red', working: 'cyan', waiting: 'dim' } as const;

function textColor({ status }: LiveRow, paint: TreePaint): Pick<FootPart, 'paint'> {
  if (status === 'failed') return { paint: paint.red };
  return status === 'waiting' ? { paint: paint.dim } : {};
}

function signOf({ kind, row }: Exclude<ShownRow, { kind: 'fold' }>, nowMs: number, glyphs: Glyphs): string {
  if (row.status === 'failed') return glyphs.failed;
  if (row.status === 'waiting') return glyphs.waiting;
  return kind === 'part' ? ' ' : spinner(glyphs, nowMs);
}

function spinner({ spinner: turns }: Glyphs, nowMs: number): string {
  return turns[Math.floor(nowMs / turnMs) % turns.length] ?? '';
}

function branchOf(shown: ShownRow, glyphs: Glyphs): string {
  if (shown.kind !== 'part') return '';
  return `${shown.place === 'last' ? glyphs.lastBranch : glyphs.branch} `;
}

function nameOf({ kind, row }: Exclude<ShownRow, { kind: 'fold' }>, names: Layout['names']): string {
  const name = inRow(row.id);
  // Below their service, replicas need not say that they are containers.
  if (kind === 'part') return name.replace(/^Container /, '');
  return names === 'with-kind' ? name : withoutKind(name);
}

/** Names and messages can hold anything, line ends among it. */
function inRow(text: string): string {
  return visibleText(text.split('\n', 1)[0] ?? '');
}

function foldText({ place, count, kinds }: Extract<ShownRow, { kind: 'fold' }>, { dots }: Glyphs): string {
  const indent = ' '.repeat(place === 'part' ? 3 + elapsedColumns + 2 : 3);
  return `${indent}${dots === 'unicode' ? '…' : '..'} ${count} more${kinds === '' ? '' : `: ${kinds}`}`;
}
