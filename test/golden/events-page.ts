import type { Schema } from '../support/closed-schema.js';
import { eventKinds, eventSchema } from '../support/event-documents.js';

/** What stands below the kinds, with the members that lead there. */
const parts: readonly (readonly [definition: string, title: string])[] = [
  ['eventStep', '`step`'],
  ['failure', '`failure`, and the members of `error`'],
  ['problem', '`problems`'],
  ['transfer', '`transfer`'],
  ['build', '`build`'],
  ['wakeReason', '`reasons`'],
  ['hold', '`why` of `container-held`'],
  ['outcome', '`outcome`'],
];

/** docs/events.md: what `--progress json` writes. */
export function eventsPage(): string {
  const { properties, required } = eventSchema;
  const kinds = eventKinds.map(
    ({ kind, description, members, required: own }) =>
      `| \`${kind}\` | ${description} | ${namesOf(members, own).join(', ')} |`,
  );
  const sections = parts.map(([name, title]) => {
    const { description, properties: own = {}, required: needed = [] } = eventSchema.definitions[name] ?? {};
    return `### ${title}\n\n${description === undefined ? '' : `${description}\n\n`}${memberTable(own, needed)}`;
  });
  return `# Events

Everything that tscompose does is told as events, and each has one form for programs: a line of \`--progress json\` on
standard error, and what \`progressDocuments()\` makes of an event in the [library](library.md).
[schema/events.schema.json](../schema/events.schema.json) describes it (\`tscompose/events-schema\` in the npm package),
and tests hold every kind to it. Nothing else is on standard error then: warnings, questions of locks, watch, the
control loop and the reason of a failure are lines of the same form, with every command.

\`\`\`sh
tscompose --progress json up -d 2>events.jsonl
jq -r 'select(.kind == "step-failed") | .step.title + ": " + .failure.message' events.jsonl
\`\`\`

\`\`\`json
{"id":"Container app-web-1","status":"Done","text":"Started","schemaVersion":1,"kind":"step-done","atMs":1767312000000,"time":"2026-01-02T00:00:00.000Z","step":{"id":5,"kind":"start-container","title":"start container app-web-1","service":"web","container":"app-web-1","reason":{"kind":"created","step":4}}}
\`\`\`

The first members, \`id\` to \`percent\`, are those of docker compose's \`--progress json\`, with its words; programs that
read it can read this. A document without \`text\` is no news for people: a step inside of a recreation, a step that is
left out. What containers print is never among the events: an attached \`up\` shows it on standard output.

**What stays**: \`schemaVersion\` is raised when a member changes its meaning or goes away, or a kind does; that comes with
a new major version only. New members, new kinds, and new words in \`reason\`, \`note\` and \`code\` may come at any time:
ignore what you do not know. Branch on \`kind\` and \`code\`, never on \`text\` and \`message\`.

No value of a secret, of an env file or of a name such as \`…_PASSWORD\` stands in a document, and no specification of a
container: steps and plans are those of [\`plan --json\`](plan.md). What a build prints, and what the command of
\`sync+exec\` writes, is passed on as it is.

## Members of all documents

${memberTable(properties, required)}
## Kinds

A member with \`?\` is not always there.

| kind | when | beside those members |
|---|---|---|
${kinds.join('\n')}

\`plan\`, \`note\` and \`reason\` are as in [\`plan --json\`](plan.md#for-programs).

${sections.join('\n')}`;
}

function memberTable(members: Readonly<Record<string, Schema>>, required: readonly string[]): string {
  const rows = Object.entries(members).map(([name, schema]) => {
    const [shown] = namesOf({ [name]: schema }, required);
    return `| ${shown} | ${[descriptionOf(schema), choicesOf(schema)].filter((text) => text !== '').join(' ')} |`;
  });
  return `| member | |\n|---|---|\n${rows.join('\n')}\n`;
}

function namesOf(members: Readonly<Record<string, Schema>>, required: readonly string[]): string[] {
  return Object.keys(members).map((name) => `\`${name}${required.includes(name) ? '' : '?'}\``);
}

function descriptionOf({ description, $ref }: Schema): string {
  if (description !== undefined) return description;
  return eventSchema.definitions[$ref?.replace('#/definitions/', '') ?? '']?.description ?? '';
}

/** Long lists are in the schema. */
function choicesOf(schema: Schema): string {
  const choices = schema.enum;
  if (!Array.isArray(choices) || choices.length > 8) return '';
  return choices.map((choice) => `\`${choice}\``).join(', ');
}
