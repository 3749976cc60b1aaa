import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadModel } from '../../../src/load/load-model.js';
import { renderConfig } from '../../../src/load/render-config.js';
import { formatDiagnostic } from '../../../src/problems/format-diagnostic.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';

/**
 * A golden file is: Compose files · environment · expected, divided by `---`. A Compose file that begins with
 * `# file: name` only lies there; the others are given with -f, in order. Expected is what `config` prints, or the
 * diagnostics. UPDATE_GOLDEN=1 writes what is there now: read it before you keep it.
 */
const folder = import.meta.dirname;
const divider = /^---$/m;

interface Golden {
  readonly files: Record<string, string>;
  readonly named: string[];
  readonly environment: Record<string, string>;
  readonly expected: string;
  readonly head: string;
}

function readGolden(path: string): Golden {
  const parts = readFileSync(path, 'utf8').split(divider);
  const expected = (parts.pop() ?? '').trim();
  const head = parts.join('---');
  const environment = (parse(parts.pop() ?? '') ?? {}) as Record<string, string>;
  const files: Record<string, string> = {};
  const named: string[] = [];
  for (const part of parts) {
    const text = part.replace(/^\n/, '');
    const name = /^# file: (.+)\n/.exec(text)?.[1];
    const path = name ?? (named.length === 0 ? 'compose.yaml' : `override-${named.length}.yaml`);
    if (name === undefined) named.push(path);
    files[path] = text;
  }
  return { files, named, environment, expected, head };
}

async function outcome({
  files,
  named,
  environment,
}: Pick<Golden, 'files' | 'named' | 'environment'>): Promise<string> {
  const result = await loadModel(loadRequest({ files: named }), memoryLoadIo({ files, environment }));
  if (result.ok) return renderConfig(result.model, 'yaml').trim();
  const sources = {
    textOf: (file: string) => result.texts.get(file),
    displayName: (file: string) => file.replace('/project/', ''),
  };
  return result.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, sources)).join('\n\n');
}

describe('loading', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    test(file.replace(/\.yaml$/, '').replaceAll('-', ' '), async () => {
      const path = join(folder, file);
      const golden = readGolden(path);
      const actual = await outcome(golden);
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, `${golden.head}---\n${actual}\n`);
      else expect(actual).toBe(golden.expected);
    });
  }
});

describe('what config prints loads to the same project', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const { expected } = readGolden(join(folder, file));
    if (!expected.startsWith('name: ')) continue;
    test(file.replace(/\.yaml$/, '').replaceAll('-', ' '), async () => {
      const printed = { files: { 'compose.yaml': expected }, named: ['compose.yaml'], environment: {} };
      expect(await outcome(printed)).toBe(expected);
    });
  }
});
