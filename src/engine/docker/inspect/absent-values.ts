import type { List } from './inspected-settings.js';

/** The engine says nothing by an empty text. */
export function textOf(text: string | undefined | null): string | undefined {
  return text === undefined || text === null || text === '' ? undefined : text;
}

export function listOf<Item>(list: List<Item> | undefined): readonly Item[] {
  return list ?? [];
}

/** null: the engine has none. */
export function nullableListOf(list: List<string> | undefined): readonly string[] | null {
  return list ?? null;
}
