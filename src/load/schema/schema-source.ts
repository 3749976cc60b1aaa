/** The names of JSON Schema types. */
export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/**
 * The part of JSON Schema draft-07 that schema/compose.schema.json uses. Forms of one attribute differ by type
 * alone, so there is no oneOf: the keywords of each type stand side by side, and every value has one schema.
 */
export interface SchemaSource {
  readonly $ref?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly properties?: Readonly<Record<string, SchemaSource>>;
  readonly patternProperties?: Readonly<Record<string, SchemaSource>>;
  readonly additionalProperties?: boolean | SchemaSource;
  readonly required?: readonly string[];
  readonly items?: SchemaSource;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly examples?: readonly unknown[];
  readonly definitions?: Readonly<Record<string, SchemaSource>>;
  /** Ours: what the value must be, in words that follow "must be". */
  readonly 'x-expects'?: string;
  /** Ours: what keys of a mapping of names may look like. */
  readonly 'x-names'?: string;
}
