import { UsageError } from '../problems/errors.js';

/** Number of lines from the end of a log; `all` and negative numbers mean all. Throws UsageError for anything else. */
export function parseTail(text: string): { readonly tail?: number } {
  if (text === 'all' || /^-\d+$/.test(text)) return {};
  if (!/^\d+$/.test(text)) throw new UsageError(`--tail takes a number of lines or "all", not "${text}"`);
  return { tail: Number(text) };
}
