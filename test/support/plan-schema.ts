import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../src/model/plan.js';
import { planJson } from '../../src/plan/text/plan-json.js';
import { closedValidator, type Schema } from './closed-schema.js';

export const planSchema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../schema/plan.schema.json'), 'utf8'),
) as Schema;

const problemsOf = closedValidator(planSchema);

/** Throws when the JSON of a plan is not as the published schema describes it. */
export function checkPlanJson(plan: Plan): void {
  const problems = problemsOf(JSON.parse(JSON.stringify(planJson(plan))));
  if (problems.length > 0)
    throw new Error(`the plan is not as schema/plan.schema.json says:\n${problems.join('\n')}`);
}
