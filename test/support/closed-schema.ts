import { Ajv, type ErrorObject } from 'ajv';

export interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly [keyword: string]: unknown;
}

/** Our own words in schemas that are published. */
const ownKeywords = ['x-commands', 'x-shape', 'x-expects', 'x-names'];

/**
 * What is published says what there may be; here everything else is refused, so that nothing goes undescribed. Gives
 * what is wrong with a value; empty: nothing.
 */
export function closedValidator(schema: Schema): (value: unknown) => string[] {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: true });
  ajv.addVocabulary(ownKeywords);
  const validate = ajv.compile(closed(schema) as Schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(problemText));
}

function problemText({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === 'examples' ? member : closed(member)]),
  );
  const isObject = 'type' in value && value.type === 'object' && 'properties' in value;
  return isObject && !('additionalProperties' in value)
    ? { ...members, additionalProperties: false }
    : members;
}
