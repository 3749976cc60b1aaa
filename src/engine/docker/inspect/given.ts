import type { List } from './inspected-settings.js';

/** Without the members that are undefined. */
export function given<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
}

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
