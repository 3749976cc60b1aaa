import { supportOf } from '../../src/load/support/key-support.js';
import { engineRequirements } from '../../src/model/engine-requirements.js';
import { schemaKeys } from '../support/schema-keys.js';

const levels = ['supported', 'partial', 'ignored', 'rejected'] as const;

/** docs/support.md: every key of the schema, and how far it reaches. */
export function supportPage(): string {
  const keys = schemaKeys();
  const rows = keys.map((key) => {
    const { level, note, requirement } = { ...supportOf(key), level: supportOf(key)?.level ?? 'supported' };
    const needs = requirement === undefined ? undefined : engineRequirements[requirement];
    const version = needs === undefined ? '' : `${needs.product} (API ${needs.api})`;
    const older =
      needs === undefined
        ? ''
        : ` ${needs.when === 'refuse' ? 'refused' : 'a warning'} on older engines: ${needs.without}`;
    return { key, level, text: `| \`${key}\` | ${level} | ${version} | ${`${note ?? ''}${older}`.trim()} |` };
  });
  const count = (level: string) => rows.filter((row) => row.level === level).length;
  const sections = sectionsOf(rows).map(
    ([title, own]) => `## ${title}\n\n| key | level | from | |\n|---|---|---|---|\n${own.join('\n')}\n`,
  );
  return `# What is supported

Every key of the schema (${keys.length}): ${levels.map((level) => `${count(level)} ${level}`).join(', ')}. This page is made from the
table that tscompose itself goes by, and a test runs a fixture for every key that is called supported against a real
engine. \`*\` stands for a name that you choose, \`[]\` for an item of a list. Keys that are not listed are errors, except
those that begin with \`x-\`.

- **supported**: it does what the Compose specification says. Where a version of the engine stands, older engines lack
  it, and tscompose says so with the line before it changes anything.
- **partial**: some of it is there; the note says what.
- **ignored**: accepted without an effect. It is said once as a warning; \`up --strict\`, \`plan --strict\` and
  \`config --strict\` make it an error.
- **rejected**: a project that uses it is refused.

${sections.join('\n')}`;
}

function sectionsOf(rows: readonly { readonly key: string; readonly text: string }[]): [string, string[]][] {
  const sections = new Map<string, string[]>();
  for (const { key, text } of rows) {
    const group = /[.[]/.test(key) ? (/^\w+/.exec(key)?.[0] ?? '') : 'top level';
    sections.set(group, [...(sections.get(group) ?? []), text]);
  }
  return [...sections];
}
