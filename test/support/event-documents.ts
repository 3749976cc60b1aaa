import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { Plan } from '../../src/model/plan.js';
import type { ProgressEvent } from '../../src/model/progress.js';
import { jsonReporter } from '../../src/report/event/json-reporter.js';
import { closedValidator, type Schema } from './closed-schema.js';

export const clock = { nowMs: () => 0 };

const members = ['id', 'parent_id', 'status', 'text', 'details', 'current', 'total', 'percent', 'error'];

/** What docker compose's `--progress json` has of a line of ours. */
export function dockerMembers(line: string): Record<string, unknown> {
  const document = JSON.parse(line) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(document).filter(([name]) => members.includes(name)));
}

interface EventSchema extends Schema {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, Schema>>;
  readonly oneOf: readonly { readonly $ref: string }[];
  readonly definitions: Readonly<Record<string, Schema>>;
}

export const eventSchema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../schema/events.schema.json'), 'utf8'),
) as EventSchema;

export interface EventKind {
  readonly kind: string;
  readonly description: string;
  /** Beside those that all documents have. */
  readonly members: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
}

/** The kinds of documents in the order of the schema. */
export const eventKinds: readonly EventKind[] = eventSchema.oneOf.map(({ $ref }) => {
  const name = $ref.replace('#/definitions/', '');
  const { description = '', properties = {}, required = [] } = eventSchema.definitions[name] ?? {};
  const { kind, ...own } = properties;
  return { kind: String(kind?.const), description, members: own, required };
});

/** The same schema in which nothing is allowed that it does not name, kind by kind. */
const validators = new Map(
  eventKinds.map(({ kind, members: own, required }) => {
    const schema: Schema = {
      type: 'object',
      properties: { ...eventSchema.properties, ...own },
      required: [...eventSchema.required, ...required],
      definitions: eventSchema.definitions,
    };
    return [kind, closedValidator(schema)];
  }),
);

const asPublished = new Ajv({ allowUnionTypes: true }).compile(eventSchema);

/** What is wrong with a line of `--progress json`; empty: it is as the schema says. */
export function eventProblems(line: string): string[] {
  const document = JSON.parse(line) as { readonly kind?: string };
  const closed = validators.get(document.kind ?? '');
  if (closed === undefined) return [`kind ${document.kind} is not in the schema: ${line}`];
  const published = asPublished(document) ? [] : ['it is not as published'];
  return [...published, ...closed(document)].map((problem) => `${problem} in ${line.slice(0, 300)}`);
}

/** Events as --progress json writes them. */
export function eventLines(events: Iterable<ProgressEvent>): string[] {
  const lines: string[] = [];
  const reporter = jsonReporter((line) => lines.push(line), clock);
  for (const event of events) reporter.report(event);
  return lines;
}

/** Throws when what happens while a plan is carried out cannot be told as the published schema describes it. */
export function checkPlanEvents(plan: Plan): void {
  const events = plan.steps.flatMap((step): ProgressEvent[] => [
    { kind: 'step-started', step, atMs: 1 },
    { kind: 'step-done', step, warning: undefined, atMs: 2 },
    { kind: 'step-failed', step, error: new Error('no'), atMs: 3 },
    { kind: 'step-skipped', step, because: 1, atMs: 4 },
    { kind: 'step-cancelled', step, atMs: 5 },
  ]);
  const whole = [
    { kind: 'plan-started', plan, atMs: 0 },
    ...events,
    { kind: 'plan-ended', plan, atMs: 6 },
  ] as const;
  const problems = eventLines(whole).flatMap(eventProblems);
  if (problems.length > 0) throw new Error(`not as schema/events.schema.json says:\n${problems.join('\n')}`);
}
