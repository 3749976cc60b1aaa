/**
 * The canonical model as docker compose writes it: byte sizes are strings of digits, durations Go texts, unset and
 * empty fields are left out, and fields stand in docker compose's order. `config` prints it, the config hash is
 * taken of it, and the project is made from it.
 */
export type WireValue = string | number | bigint | boolean | null | WireList | WireMap | WireStruct;

export type WireList = readonly WireValue[];

/** A collection whose keys the user chose, sorted. */
export type WireMap = ReadonlyMap<string, WireValue>;

/** The JSON name of a field that JSON does not show. */
export const notInJson = '';

/** An object whose keys the format knows. */
export class WireStruct {
  readonly fields: ReadonlyMap<string, WireValue>;
  /** `x-…` keys, which YAML output keeps. */
  readonly extensions: ReadonlyMap<string, WireValue>;
  /** What JSON says for fields that are left out in YAML when they are empty. */
  readonly jsonDefaults: ReadonlyMap<string, WireValue>;
  /** Fields that have another name in JSON. */
  readonly jsonNames: ReadonlyMap<string, string>;
  /** Every field that there can be, in order. */
  readonly order: readonly string[];

  constructor(
    fields: ReadonlyMap<string, WireValue>,
    extensions: ReadonlyMap<string, WireValue> = noValues,
    jsonDefaults: ReadonlyMap<string, WireValue> = noValues,
    jsonNames: ReadonlyMap<string, string> = noNames,
    order: readonly string[] = [...fields.keys()],
  ) {
    this.fields = fields;
    this.extensions = extensions;
    this.jsonDefaults = jsonDefaults;
    this.jsonNames = jsonNames;
    this.order = order;
  }

  get(name: string): WireValue | undefined {
    return this.fields.get(name);
  }

  /** The same with a field that JSON does not show. */
  hidingInJson(name: string): WireStruct {
    const names = new Map(this.jsonNames).set(name, notInJson);
    return new WireStruct(this.fields, this.extensions, this.jsonDefaults, names, this.order);
  }

  /** The same with one field set or, for undefined, removed. */
  with(name: string, value: WireValue | undefined): WireStruct {
    const fields = new Map(this.fields);
    if (value === undefined) fields.delete(name);
    else fields.set(name, value);
    return new WireStruct(fields, this.extensions, this.jsonDefaults, this.jsonNames, this.order);
  }
}

const noValues: ReadonlyMap<string, WireValue> = new Map();
const noNames: ReadonlyMap<string, string> = new Map();

export function isWireMap(value: WireValue | undefined): value is WireMap {
  return value instanceof Map;
}

export function isWireList(value: WireValue | undefined): value is WireList {
  return Array.isArray(value);
}

/** The entries of a map or the items of nothing. */
export function wireEntries(value: WireValue | undefined): WireMap {
  return isWireMap(value) ? value : noValues;
}

export function wireItems(value: WireValue | undefined): WireList {
  return isWireList(value) ? value : [];
}

export function wireText(value: WireValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function wireNumber(value: WireValue | undefined): number | undefined {
  return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined;
}

/** A field of a struct or an entry of a map. */
export function wireField(value: WireValue | undefined, name: string): WireValue | undefined {
  if (value instanceof WireStruct) return value.fields.get(name);
  return isWireMap(value) ? value.get(name) : undefined;
}
