import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path/posix';
import { afterAll, describe, expect, it } from 'vitest';
import { problemText } from '../../src/cli/print-problem.js';
import { loadProject } from '../../src/load/load-project.js';
import { problemCodes } from '../../src/problems/codes.js';
import { ConfigError } from '../../src/problems/errors.js';
import { formatDiagnostic } from '../../src/problems/format-diagnostic.js';
import { type BrokenCase, readBrokenCases, writeBrokenCases } from '../support/broken-cases.js';
import { memoryLoadIo } from '../support/memory-load-io.js';
import { runMemoryCode } from '../support/run-memory-code.js';

// Each file is one topic; test/support/broken-cases.ts tells what a case looks like. UPDATE_GOLDEN=1 writes what is
// said now: read it as the person at the terminal would, before you keep it.
const folder = join(import.meta.dirname, 'broken');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

/** What the CLI writes to stderr. */
async function stderrOf({ files, request, environment }: BrokenCase): Promise<string> {
  const result = await loadProject(
    request,
    memoryLoadIo({ files, environment, runCode: runMemoryCode(files) }),
  );
  const sources = {
    textOf: (file: string) => result.texts.get(file),
    displayName: (file: string) => relative('/project', file).replace(/^\.\..*/, file),
  };
  if (!result.ok) return `${problemText(new ConfigError(result.diagnostics), sources)}\n`;
  return result.warnings.map((warning) => `${formatDiagnostic(warning, sources)}\n`).join('');
}

const topics = readdirSync(folder).map((file) => ({
  path: join(folder, file),
  topic: file.replace('.txt', ''),
  cases: readBrokenCases(readFileSync(join(folder, file), 'utf8')),
}));

for (const { path, topic, cases } of topics) {
  const said = new Map<BrokenCase, string>();

  describe(topic, () => {
    it.each(cases)('$title', async (broken) => {
      const stderr = await stderrOf(broken);
      said.set(broken, stderr);
      if (!isUpdate) expect(stderr).toBe(broken.stderr);
    });
  });

  afterAll(() => {
    if (isUpdate) writeFileSync(path, writeBrokenCases(cases, said));
  });
}

describe('the goldens of broken files', () => {
  const all = topics.flatMap(({ cases }) => cases);

  it('show each code of loading at least once', () => {
    const text = all.map(({ stderr }) => stderr).join('\n');
    const codes = Object.keys(problemCodes).filter((code) => code.startsWith('config/'));
    expect(codes.filter((code) => !new RegExp(`(?:^|  )${code} {3}`, 'm').test(text))).toEqual([]);
  });

  it('have titles of their own', () => {
    const titles = all.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('all say something', () => {
    expect(all.filter(({ stderr }) => stderr.trim() === '').map(({ title }) => title)).toEqual([]);
  });
});
