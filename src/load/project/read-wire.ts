import { parseDuration } from '../units.js';
import {
  WireStruct,
  type WireValue,
  wireEntries,
  wireField,
  wireItems,
  wireNumber,
  wireText,
} from '../wire/wire-value.js';

/** Fields of a wire value, read as what the project calls for. */
export class WireReader {
  readonly #value: WireValue | undefined;

  constructor(value: WireValue | undefined) {
    this.#value = value;
  }

  field(name: string): WireValue | undefined {
    return wireField(this.#value, name);
  }

  has(name: string): boolean {
    return this.field(name) !== undefined;
  }

  in(name: string): WireReader {
    return new WireReader(this.field(name));
  }

  /** An `x-…` key. */
  extension(name: string): WireReader {
    return new WireReader(this.#value instanceof WireStruct ? this.#value.extensions.get(name) : undefined);
  }

  text(name: string): string | undefined {
    return wireText(this.field(name));
  }

  flag(name: string): boolean {
    return this.field(name) === true;
  }

  explicitFlag(name: string): boolean | undefined {
    const value = this.field(name);
    return typeof value === 'boolean' ? value : undefined;
  }

  number(name: string): number | undefined {
    return wireNumber(this.field(name));
  }

  /** A size, which the wire has as digits. */
  bytes(name: string): number | undefined {
    const value = this.field(name);
    return typeof value === 'string' ? Number(value) : wireNumber(value);
  }

  milliseconds(name: string): number | undefined {
    const text = this.text(name);
    const nanoseconds = text === undefined ? undefined : parseDuration(text);
    return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1e6;
  }

  texts(name: string): string[] {
    return wireItems(this.field(name)).map((item) => String(item));
  }

  textMap(name: string): Map<string, string> {
    const entries = [...wireEntries(this.field(name))];
    return new Map(entries.map(([key, value]) => [key, value === null ? '' : String(value)]));
  }

  nullableTextMap(name: string): Map<string, string | null> {
    const entries = [...wireEntries(this.field(name))];
    return new Map(entries.map(([key, value]) => [key, value === null ? null : String(value)]));
  }

  items(name: string): WireReader[] {
    return wireItems(this.field(name)).map((item) => new WireReader(item));
  }

  entries(name: string): [string, WireReader][] {
    return [...wireEntries(this.field(name))].map(([key, value]) => [key, new WireReader(value)]);
  }
}
