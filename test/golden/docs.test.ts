import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { optionText } from '../../src/cli/options/parse.js';
import { buildProgram } from '../../src/cli/program.js';
import { problemCodes } from '../../src/problems/codes.js';
import { fakeCliIo } from '../support/fake-cli-io.js';
import { leafCommands } from '../support/leaf-commands.js';
import { eventsPage } from './events-page.js';
import { jsonPage } from './json-page.js';
import { supportPage } from './support-page.js';

const docs = resolve(import.meta.dirname, '../../docs');

/** Pages that are made from the code. UPDATE_GOLDEN=1 writes them. */
test.each([
  ['cli.md', cliPage],
  ['errors.md', errorsPage],
  ['events.md', eventsPage],
  ['json.md', jsonPage],
  ['support.md', supportPage],
])('docs/%s says what the code says', (name, page) => {
  const path = join(docs, name);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, page());
  expect(readFileSync(path, 'utf8')).toBe(page());
});

function cliPage(): string {
  const program = buildProgram(fakeCliIo(), { code: 0 });
  const sections = leafCommands(program).map(([path, command]) => {
    const names = [path, ...command.aliases()].join(', ');
    return `## ${names}\n\n\`tscompose ${path} ${command.usage()}\`: ${command.description()}.\n\n${flagTable(command)}`;
  });
  return `# Commands and flags

Flags that stand before the command apply to every command.

${flagTable(program)}
${sections.join('\n')}
## Exit codes

| code | when |
|---|---|
| 0 | done, or nothing to do |
| 1 | anything went wrong: the command line, a file, the engine, a step |
| 2 | \`plan\`: there is something to change |
| 130 | ended by Ctrl-C or a request to end |
| 141 | nothing reads the standard output any more |
| of a container | \`up --abort-on-container-exit\`, \`--abort-on-container-failure\`, \`--exit-code-from\` |

Results go to stdout, progress and messages to stderr.
`;
}

function flagTable(command: Command): string {
  const rows = command.options.map(
    (option) => `| \`${option.flags.replace('|', '\\|')}\` | ${optionText(option)} |`,
  );
  return rows.length === 0 ? '' : `| flag | |\n|---|---|\n${rows.join('\n')}\n`;
}

function errorsPage(): string {
  const rows = Object.entries(problemCodes).map(
    ([code, { meaning }]) => `| [\`${code}\`](#${code.replace('/', '')}) | ${meaning} |`,
  );
  const sections = Object.entries(problemCodes).map(
    ([code, { meaning, cause, remedy }]) =>
      `### ${code}\n\n${sentence(meaning)}\n\n- **Cause**: ${cause}.\n- **What to do**: ${remedy}.\n`,
  );
  return `# Error codes

Every problem that tscompose reports has one of these codes, with the place in the file that it is about, what led to it,
and a hint. Branch on codes, never on messages: those get better. \`config --format json\` gives problems of files as
[JSON](json.md#config-problems); with \`--progress json\` a failure is one JSON line on stderr. From TypeScript, an error
has the code as \`error.code\`. When several things fail, all are told, each with its own code.

| code | meaning |
|---|---|
${rows.join('\n')}

${sections.join('\n')}`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
