import { byKey } from '../../model/order.js';
/** A JSON object to send. Fields that are undefined are left out. */
export type JsonObject = { [field: string]: unknown };

/** The object without its undefined fields. */
export function defined(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The list, or undefined when it is empty: the engine's default is then left alone. */
export function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** The map as an object with sorted keys, or undefined when it is empty. */
export function mapUnlessEmpty<T>(map: ReadonlyMap<string, T>): { [key: string]: T } | undefined {
  return map.size === 0 ? undefined : objectOf(map);
}

/** The map as an object with sorted keys. Has no prototype: users choose the keys. */
export function objectOf<T>(map: ReadonlyMap<string, T>): { [key: string]: T } {
  const object: { [key: string]: T } = Object.create(null);
  for (const [key, value] of sortedEntries(map)) object[key] = value;
  return object;
}

/** By code unit, so that the order is the same everywhere. */
export function sortedEntries<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(byKey);
}

/** Durations of the API are in nanoseconds. */
export function nanoseconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 1e6);
}
