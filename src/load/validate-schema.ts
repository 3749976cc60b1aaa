import { composeSchema } from './schema/compose-schema.js';
import { describeViolation, type SchemaIssue } from './schema/describe-violation.js';
import { findViolations } from './schema/find-violations.js';
import { readSchema } from './schema/schema-reader.js';

export type { SchemaIssue } from './schema/describe-violation.js';

/**
 * Everything in a Compose document that its format does not allow, in the order of the document; empty: it is fine.
 * The document is plain data after interpolation and merging, in short or long forms. `target` says whether the key
 * at the end of `path` or its value is wrong.
 * Source: schema/compose.schema.json, after the Compose Specification.
 */
export function validateSchema(document: unknown): SchemaIssue[] {
  const schema = readSchema(composeSchema());
  return findViolations(schema, document).map((violation) => describeViolation(schema, violation));
}
