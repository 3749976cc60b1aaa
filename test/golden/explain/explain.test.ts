import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { main } from '../../../src/cli/main.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';
import { runMemoryCode } from '../../support/run-memory-code.js';

/**
 * A golden file is: what to run and the environment · files, each beginning with `# file: name`, or `// file: name` · the transcript,
 * divided by `---`. UPDATE_GOLDEN=1 writes what is there now: read it before you keep it.
 */
const folder = import.meta.dirname;

interface Golden {
  readonly run: readonly string[];
  readonly environment?: Record<string, string>;
}

function filesOf(parts: readonly string[]): Record<string, string> {
  const texts = parts.map((part) => part.replace(/^\n/, ''));
  return Object.fromEntries(
    texts.map((text) => [/^(?:#|\/\/) file: (.+)\n/.exec(text)?.[1] ?? 'compose.yaml', text]),
  );
}

/** What a person sees: each command, its output, its last words and its exit code. */
async function transcript({ run, environment = {} }: Golden, files: Record<string, string>): Promise<string> {
  let text = '';
  for (const line of run) {
    const io = fakeCliIo({ files, environment, runCode: runMemoryCode(files) });
    const code = await main(line.split(' '), io);
    const { stdout, stderr } = io.written;
    text += `\n$ tscompose ${line}\n${stdout}${stderr}${code === 0 ? '' : `exit code ${code}\n`}`;
  }
  return text.trim();
}

describe('explaining', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    test(file.replace(/\.yaml$/, '').replaceAll('-', ' '), async () => {
      const path = join(folder, file);
      const parts = readFileSync(path, 'utf8').split(/^---$/m);
      const expected = (parts.pop() ?? '').trim();
      const actual = await transcript(parse(parts[0] ?? '') as Golden, filesOf(parts.slice(1)));
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, `${parts.join('---')}---\n${actual}\n`);
      else expect(actual).toBe(expected);
    });
  }
});
