import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { Plan } from '../../src/model/plan.js';
import { planJson } from '../../src/plan/text/plan-json.js';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [keyword: string]: unknown;
}

/** What is published says what there may be; here everything else is refused, so that nothing goes undescribed. */
export const planSchema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../schema/plan.schema.json'), 'utf8'),
) as Schema;

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(closed(planSchema) as Schema);

/** Throws when the JSON of a plan is not as the published schema describes it. */
export function checkPlanJson(plan: Plan): void {
  const json: unknown = JSON.parse(JSON.stringify(planJson(plan)));
  if (validate(json)) return;
  const problems = (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  throw new Error(`the plan is not as schema/plan.schema.json says:\n${problems.join('\n')}`);
}

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, closed(member)]));
  const isObject = 'type' in value && value.type === 'object' && 'properties' in value;
  return isObject ? { ...members, additionalProperties: false } : members;
}
