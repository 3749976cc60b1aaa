import { BinaryReader, BinaryWriter, type WireType } from '@bufbuild/protobuf/wire';

/*
 * Messages of BuildKit as tables: name, number and type of each field that we use. What a table does not name is
 * skipped when it is read. Nothing is generated: the compiler of .proto files weighs 93 MB, and the forty messages
 * that we speak are easier to read like this.
 */

/** How one field is written and read. `empty` is what it is when it is not there. */
export interface Field<T> {
  empty(): T;
  write(writer: BinaryWriter, value: T): void;
  read(reader: BinaryReader, before: T): T;
  readonly number: number;
}

export interface Message<T> {
  /** Fields that are left out are not sent. */
  encode(value: Partial<T>): Uint8Array;
  write(writer: BinaryWriter, value: Partial<T>): void;
  decode(bytes: Uint8Array): T;
}

export type Shape = Readonly<Record<string, Field<unknown>>>;

export type ValueOf<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never;
};

/** Type of what a message holds. */
export type Of<M> = M extends Message<infer T> ? T : never;

/** One for all: it keeps its memory, which is half the time of a small message, and one is written at a time. */
const theWriter = new BinaryWriter();

export function message<S extends Shape>(shape: S): Message<ValueOf<S>> {
  const fields = Object.entries(shape);
  const byNumber = new Map(fields.map(([name, field]) => [field.number, { name, field }]));
  const write = (writer: BinaryWriter, value: Readonly<Record<string, unknown>>) => {
    for (const [name, field] of fields) {
      const given = value[name];
      if (given !== undefined) field.write(writer, given);
    }
  };
  return {
    write,
    encode(value) {
      try {
        write(theWriter, value);
      } catch (error) {
        theWriter.finish();
        throw error;
      }
      return theWriter.finish();
    },
    decode(bytes) {
      const found: Record<string, unknown> = {};
      for (const [name, field] of fields) found[name] = field.empty();
      const reader = new BinaryReader(bytes);
      while (reader.pos < reader.len) {
        const [number, wireType] = reader.tag();
        const known = byNumber.get(number);
        if (known === undefined) reader.skip(wireType, number);
        else found[known.name] = known.field.read(reader, found[known.name]);
      }
      return found as ValueOf<S>;
    },
  };
}

const varint: WireType.Varint = 0;
const delimited: WireType.LengthDelimited = 2;

export function text(number: number): Field<string> {
  return {
    number,
    empty: () => '',
    write: (writer, value) => value !== '' && writer.tag(number, delimited).string(value),
    read: (reader) => reader.string(),
  };
}

export function bytes(number: number): Field<Uint8Array> {
  return {
    number,
    empty: () => new Uint8Array(),
    write: (writer, value) => value.length > 0 && writer.tag(number, delimited).bytes(value),
    read: (reader) => reader.bytes(),
  };
}

export function flag(number: number): Field<boolean> {
  return {
    number,
    empty: () => false,
    write: (writer, value) => value && writer.tag(number, varint).bool(value),
    read: (reader) => reader.bool(),
  };
}

/** Up to 32 bits without a sign. */
export function count(number: number): Field<number> {
  return {
    number,
    empty: () => 0,
    write: (writer, value) => value !== 0 && writer.tag(number, varint).uint32(value),
    read: (reader) => reader.uint32(),
  };
}

/** 32 bits with a sign. */
export function integer(number: number): Field<number> {
  return {
    number,
    empty: () => 0,
    write: (writer, value) => value !== 0 && writer.tag(number, varint).int32(value),
    read: (reader) => reader.int32(),
  };
}

/** 64 bits with a sign. */
export function long(number: number): Field<bigint> {
  return {
    number,
    empty: () => 0n,
    write: (writer, value) => value !== 0n && writer.tag(number, varint).int64(value),
    read: (reader) => BigInt(reader.int64()),
  };
}

/** A message in a message; undefined when it is not there. */
export function nested<T>(number: number, of: Message<T>): Field<T | undefined> {
  return {
    number,
    empty: () => undefined,
    write: (writer, value) => value !== undefined && writeNested(writer, number, of, value),
    read: (reader) => of.decode(reader.bytes()),
  };
}

function writeNested<T>(writer: BinaryWriter, number: number, of: Message<T>, value: T): void {
  writer.tag(number, delimited).fork();
  of.write(writer, value as Partial<T>);
  writer.join();
}

export function texts(number: number): Field<readonly string[]> {
  return {
    number,
    empty: () => [],
    write: (writer, values) => {
      for (const value of values) writer.tag(number, delimited).string(value);
    },
    read: (reader, before) => [...before, reader.string()],
  };
}

export function list<T>(number: number, of: Message<T>): Field<readonly T[]> {
  return {
    number,
    empty: () => [],
    write: (writer, values) => {
      for (const value of values) writeNested(writer, number, of, value);
    },
    read: (reader, before) => [...before, of.decode(reader.bytes())],
  };
}

/** Values by key. */
export function entries<T>(number: number, valueField: Field<T>): Field<ReadonlyMap<string, T>> {
  const entry = message({ key: text(1), value: valueField });
  return {
    number,
    empty: () => new Map(),
    write: (writer, values) => {
      for (const [key, value] of values) {
        writeNested(writer, number, entry, { key, value } as Of<typeof entry>);
      }
    },
    read: (reader, before) => {
      const { key, value } = entry.decode(reader.bytes());
      return new Map(before).set(key, value as T);
    },
  };
}
