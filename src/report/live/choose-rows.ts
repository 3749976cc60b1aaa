import type { LiveRow } from './live-row.js';
import { countsText } from './live-rows.js';

/** A row that is shown, or one that stands for those that are not. */
export type ShownRow =
  | { readonly kind: 'whole'; readonly row: LiveRow }
  | { readonly kind: 'part'; readonly row: LiveRow; readonly place: 'last' | 'inner' }
  | {
      readonly kind: 'fold';
      readonly place: 'whole' | 'part';
      readonly count: number;
      /** `3 pulling, 31 waiting`. */
      readonly kinds: string;
    };

/**
 * What to show where there is room for so many rows. Whole things come first; what is left of the room goes to their
 * parts, those of the first ones first.
 */
export function chooseRows(rows: readonly LiveRow[], room: number): ShownRow[] {
  if (room < 1) return [];
  if (rows.length > room) {
    const shown = mostTelling(rows, room - 1);
    const rest = rows.filter((row) => !shown.includes(row));
    return [...shown.map((row) => ({ kind: 'whole', row }) as const), foldOf(rest, 'whole')];
  }
  let left = room - rows.length;
  return rows.flatMap((row) => {
    const parts = partsIn(row.parts, left);
    left -= parts.length;
    return [{ kind: 'whole', row }, ...parts];
  });
}

/** Failures are told above the tree as well: beside many of them what is at work has half of the room. */
function mostTelling(rows: readonly LiveRow[], room: number): LiveRow[] {
  const failed = rows.filter(({ status }) => status === 'failed');
  const others = rows.slice(failed.length);
  const forFailed = Math.max(Math.ceil(room / 2), room - others.length);
  const shown = failed.slice(0, forFailed);
  return [...shown, ...others.slice(0, room - shown.length)];
}

function partsIn(parts: readonly LiveRow[], room: number): ShownRow[] {
  const isWhole = parts.length <= room;
  // One part and "1 more" below it would take the room of two.
  if (!isWhole && room < 2) return [];
  const shown = isWhole ? parts : parts.slice(0, room - 1);
  const rows = shown.map((row, index): ShownRow => {
    const isLast = isWhole && index === parts.length - 1;
    return { kind: 'part', row, place: isLast ? 'last' : 'inner' };
  });
  return isWhole ? rows : [...rows, foldOf(parts.slice(shown.length), 'part')];
}

function foldOf(rows: readonly LiveRow[], place: 'whole' | 'part'): ShownRow {
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  const counted = rows.filter(({ verb }) => verb !== '');
  return { kind: 'fold', place, count, kinds: countsText(counted) };
}
