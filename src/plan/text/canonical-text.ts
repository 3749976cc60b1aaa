import { byKey } from '../../model/order.js';
/**
 * One text for all spellings of a value: Maps and objects with sorted keys, no undefined members. Lists keep their
 * order; sort them before where order means nothing.
 */
export function canonicalText(value: unknown): string {
  return JSON.stringify(canonical(value));
}

/** As people would write it: plain text as it is, anything else in flow style. */
export function displayText(value: unknown): string {
  return typeof value === 'string' ? value : canonicalText(value);
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value instanceof Map) return sortedObject([...value] as [string, unknown][]);
  if (typeof value === 'object' && value !== null) return sortedObject(Object.entries(value));
  return value;
}

function sortedObject(entries: readonly [string, unknown][]): Record<string, unknown> {
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, member] of [...entries].sort(byKey)) {
    if (member !== undefined) object[key] = canonical(member);
  }
  return object;
}
