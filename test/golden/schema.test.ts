import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type SchemaIssue, validateSchema } from '../../src/load/validate-schema.js';
import { formatValuePath } from '../../src/model/span.js';

// Each file is one topic. A case is a title, a Compose file, a line of dashes, and what is said about it; cases are
// split by a line of equals signs. UPDATE_GOLDEN=1 writes what is said now: review the difference like code.
const folder = join(import.meta.dirname, 'schema');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

interface GoldenCase {
  readonly title: string;
  readonly compose: string;
  readonly expected: string;
}

function readCases(text: string): GoldenCase[] {
  return text.split(/^=====\n/m).map((part) => {
    const [input = '', expected = ''] = part.split(/^-----\n/m);
    const [title = '', ...compose] = input.split('\n');
    return { title: title.replace(/^# /, ''), compose: compose.join('\n'), expected };
  });
}

function formatIssues(issues: readonly SchemaIssue[]): string {
  if (issues.length === 0) return 'fine\n';
  return issues.map(formatIssue).join('');
}

function formatIssue({ code, target, path, message, hint }: SchemaIssue): string {
  const hintLine = hint === undefined ? '' : `  hint: ${hint}\n`;
  return `${code}  ${target} of ${formatValuePath(path) || 'the file'}\n  ${message}\n${hintLine}`;
}

function issuesOf({ compose }: GoldenCase): string {
  return formatIssues(validateSchema(parse(compose)));
}

for (const file of readdirSync(folder)) {
  const cases = readCases(readFileSync(join(folder, file), 'utf8'));

  describe(file.replace('.txt', ''), () => {
    it.each(cases)('$title', (golden) => {
      if (!isUpdate) expect(issuesOf(golden)).toBe(golden.expected);
    });
  });

  afterAll(() => {
    if (!isUpdate) return;
    const text = cases.map((golden) => `# ${golden.title}\n${golden.compose}-----\n${issuesOf(golden)}`);
    writeFileSync(join(folder, file), text.join('=====\n'));
  });
}
