import type { Schema } from '../support/closed-schema.js';
import {
  membersOf,
  type OutputSchema,
  outputSchemas,
  pathOfSchema,
} from '../support/output/output-schemas.js';

const shapes = { document: 'one document', lines: 'one document a line' } as const;

/** docs/json.md: what each command prints for programs. */
export function jsonPage(): string {
  const schemas = [...outputSchemas()].sort(([, a], [, b]) => (commandOf(a) < commandOf(b) ? -1 : 1));
  const rows = schemas.flatMap(([name, schema]) =>
    schema['x-commands'].map(
      (line) =>
        `| \`${line.replaceAll('|', '\\|')}\` | ${shapes[schema['x-shape']]} | [${schema.title}](#${name}) |`,
    ),
  );
  return `# JSON for programs

Every command that prints data prints it as JSON with \`--format json\`, on stdout; progress, warnings and problems go to
stderr. Where docker compose has JSON, the members are its own, so that what reads one reads the other; what it does not
have is ours. Lists of what docker compose prints a line at a time (\`ps\`, \`volumes\`, \`stats\`, \`events\`) and streams
are one document a line, everything else is one document.

Each is described by a JSON schema in the package (\`schema/output/NAME.schema.json\`, as a module
\`tscompose/output-schema/NAME\`), and a test holds what commands print against it. Members may come; one goes away or
changes its meaning only with a new \`schemaVersion\` where there is one, otherwise with a new major version. A word that
\`--format\` does not know is an error that names those it does.

Results of commands that change something are not here: with \`--progress json\` their progress, and what failed, is one
document a line on stderr ([error codes](errors.md)), and \`--dry-run\` answers with a [plan](#plan). \`up\` shows logs as people read them; \`logs --format json\` is for
programs.

| command | shape | what |
|---|---|---|
${rows.join('\n')}

${schemas.map(([name, schema]) => section(name, schema)).join('\n')}`;
}

function commandOf(schema: OutputSchema): string {
  return schema['x-commands'][0] ?? '';
}

function section(name: string, schema: OutputSchema): string {
  const lines = schema['x-commands'].map((line) => `\`tscompose ${line}\``).join(', ');
  return `## ${name}

${lines}: ${shapes[schema['x-shape']]}, [schema](../schema/${pathOfSchema(name)}). ${schema.description}

${memberTable(name, schema)}${schema.examples.map((example) => exampleText(example, schema)).join('\n')}`;
}

/** Of a plan there are too many: its page tells them. */
function memberTable(name: string, schema: OutputSchema): string {
  if (name === 'plan') return 'What its steps, reasons and notes are, [plan.md](plan.md) tells.\n\n';
  const rows = membersOf(schema).map(
    ({ path, schema, isRequired }) =>
      `| \`${path}\` | ${typeText(schema)}${isRequired ? '' : ', may be missing'} | ${descriptionOf(schema)} |`,
  );
  return rows.length === 0 ? '' : `| member | type | |\n|---|---|---|\n${rows.join('\n')}\n\n`;
}

function descriptionOf({ description = '' }: Schema): string {
  return description.replaceAll('|', '\\|');
}

function typeText({ type, $ref, ...schema }: Schema): string {
  if ($ref !== undefined) return $ref.replace('#/definitions/', '');
  if (Array.isArray(schema.enum)) return schema.enum.map((word) => `\`${word}\``).join(' ');
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``;
  return [type ?? 'any'].flat().join(' or ');
}

function exampleText(example: unknown, schema: OutputSchema): string {
  const text =
    schema['x-shape'] === 'lines' ? JSON.stringify(example) : JSON.stringify(example, undefined, 2);
  return `\`\`\`json\n${text}\n\`\`\`\n`;
}
