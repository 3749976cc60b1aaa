import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schema } from '../closed-schema.js';

/** What a command prints for programs. */
export interface OutputSchema extends Schema {
  readonly title: string;
  readonly description: string;
  /** Command lines that print it, without `tscompose`. */
  readonly 'x-commands': readonly string[];
  /** `lines`: one document a line, as many as there are; `document`: one, however many lines it takes. */
  readonly 'x-shape': 'document' | 'lines';
  readonly examples: readonly unknown[];
}

const folder = join(import.meta.dirname, '../../../schema');
const ending = '.schema.json';

/** By name; all that is published but the schema of the Compose file and what is no output of one command. */
export function outputSchemas(): ReadonlyMap<string, OutputSchema> {
  const names = readdirSync(join(folder, 'output')).sort();
  return new Map([
    ...names.map((file) => [file.replace(ending, ''), read(`output/${file}`)] as const),
    ['plan', read(`plan${ending}`)],
  ]);
}

/** Below `schema/`. */
export function pathOfSchema(name: string): string {
  return name === 'plan' ? `plan${ending}` : `output/${name}${ending}`;
}

function read(path: string): OutputSchema {
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as OutputSchema;
}

/** A member of a document, where it stands: `Publishers[].URL`, `*.Name`, `(step).rule`. */
export interface Member {
  readonly path: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

/** Every member that a schema describes; those of a definition once. */
export function membersOf(root: Schema): Member[] {
  const open = new Map<string, Schema>();
  const members = [...membersBelow(root, '', open)];
  for (const name of open.keys()) members.push(...membersBelow(definition(root, name), `(${name})`, open));
  return members;
}

function* membersBelow(schema: Schema, path: string, open: Map<string, Schema>): Generator<Member> {
  if (schema.$ref !== undefined) {
    open.set(nameOf(schema.$ref), schema);
    return;
  }
  for (const [key, member] of Object.entries(schema.properties ?? {})) {
    const own = path === '' ? key : `${path}.${key}`;
    yield { path: own, schema: member, isRequired: schema.required?.includes(key) === true };
    yield* membersBelow(member, own, open);
  }
  if (schema.items !== undefined) yield* membersBelow(schema.items, `${path}[]`, open);
  if (typeof schema.additionalProperties === 'object')
    yield* membersBelow(schema.additionalProperties, path === '' ? '*' : `${path}.*`, open);
}

/** The members of a schema that a value has. */
export function* membersIn(root: Schema, value: unknown, schema = root, path = ''): Generator<string> {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref);
    yield* membersIn(root, value, definition(root, name), `(${name})`);
  } else if (Array.isArray(value)) {
    for (const item of value) yield* membersIn(root, item, schema.items ?? {}, `${path}[]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const known = schema.properties?.[key];
      const other = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
      const name = known === undefined ? '*' : key;
      const own = path === '' ? name : `${path}.${name}`;
      if (known !== undefined) yield own;
      yield* membersIn(root, member, known ?? other, own);
    }
  }
}

function nameOf(reference: string): string {
  return reference.replace('#/definitions/', '');
}

function definition({ definitions }: Schema, name: string): Schema {
  return definitions?.[name] ?? {};
}
