import { engineTime } from '../model/engine-time.js';
import { UsageError } from '../problems/errors.js';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A point in time for the engine, in seconds since 1970: from an age (`42m`, `1h30m`), a date (RFC 3339, or parts of
 * it in local time) or seconds since 1970. Throws UsageError for anything else.
 */
export function parseLogTime(text: string, nowMs: number): string {
  if (/^\d+(\.\d+)?$/.test(text)) return text;
  if (/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) {
    let ageMs = 0;
    for (const [, number = '0', unit = 's'] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
      ageMs += Number(number) * (unitMs[unit] ?? 0);
    }
    return engineTime(nowMs - ageMs);
  }
  const hasTime = /^\d{4}-\d\d-\d\d[T ]/.test(text);
  const parsed = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text);
  if (Number.isNaN(parsed) || !(hasTime || /^\d{4}-\d\d-\d\d$/.test(text))) {
    throw new UsageError(`"${text}" is no time`, {
      hint: 'give an age such as 42m, or a date such as 2026-01-02T15:04:05Z',
    });
  }
  return engineTime(parsed);
}
