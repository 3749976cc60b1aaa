import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LoadIo } from '../../src/load/load-io.js';
import { loadProject } from '../../src/load/load-project.js';
import { formatDiagnostic } from '../../src/problems/format-diagnostic.js';
import { loadRequest, memoryLoadIo } from '../support/memory-load-io.js';

/** Set LOAD_RUNS=10000 for a long search. */
const numRuns = Number(process.env.LOAD_RUNS ?? 300);
const timeout = 5000 + numRuns * 50;

const words = fc.constantFrom(
  ...[
    'services',
    'networks',
    'volumes',
    'configs',
    'secrets',
    'name',
    'include',
    'x-a',
    'web',
    'image',
    'build',
  ],
  ...[
    'ports',
    'environment',
    'env_file',
    'extends',
    'file',
    'service',
    'depends_on',
    'command',
    'healthcheck',
  ],
  ...[
    'test',
    'deploy',
    'resources',
    'devices',
    'labels',
    'profiles',
    'external',
    'driver',
    '<<',
    '__proto__',
  ],
);
const values = fc.constantFrom(
  ...['80:80', '1-65535', '::1:80:80', 'a:/b:ro', 'v:/v', './x:/y', '${A', '${A:-${B}}', '$$', '*a', '&a x'],
  ...['!reset', '!override [a]', 'null', '~', '0755', '1e400', '.inf', '2024-01-01', 'compose.yaml', 'yes'],
  ...[
    "'",
    '"',
    '[',
    '{',
    '|',
    '>',
    '- -',
    '? :',
    '12345678901234567890',
    'service:web',
    'every_5x',
    '-1',
    '',
  ],
);

/** Text that looks like a Compose file, more or less. */
const nearlyCompose = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: 5 }), words, values, fc.constantFrom(': ', ':\n', ': [', '- ', '')),
  )
  .map((lines) =>
    lines.map(([depth, key, value, glue]) => `${'  '.repeat(depth)}${key}${glue}${value}`).join('\n'),
  );

async function load(text: string, environment: Readonly<Record<string, string>> = {}) {
  const io: LoadIo = memoryLoadIo({ files: { 'compose.yaml': text, '.env': 'A=1' }, environment });
  const result = await loadProject(loadRequest(), io);
  const diagnostics = result.ok ? result.warnings : result.diagnostics;
  const sources = { textOf: (file: string) => result.texts.get(file), displayName: (file: string) => file };
  for (const diagnostic of diagnostics) formatDiagnostic(diagnostic, sources);
  return result;
}

describe('load', () => {
  test(
    'never throws on arbitrary bytes',
    async () => {
      const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array).toString('utf8'));
      await fc.assert(
        fc.asyncProperty(bytes, async (text) => {
          const result = await load(text);
          expect(result.ok || result.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
        }),
        { numRuns },
      );
    },
    timeout,
  );

  test(
    'never throws on text that looks like a Compose file',
    async () => {
      await fc.assert(
        fc.asyncProperty(nearlyCompose, async (text) => {
          const result = await load(text);
          expect(result.ok || result.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
        }),
        { numRuns },
      );
    },
    timeout,
  );

  test(
    'never throws on any value of any attribute',
    async () => {
      const attribute = fc.tuple(words, fc.jsonValue({ maxDepth: 3 }));
      await fc.assert(
        fc.asyncProperty(fc.array(attribute, { maxLength: 5 }), fc.jsonValue(), async (attributes, top) => {
          const web = Object.fromEntries(attributes);
          await load(JSON.stringify({ services: { web }, networks: top }));
          await load(JSON.stringify(Object.fromEntries(attributes)));
        }),
        { numRuns },
      );
    },
    timeout,
  );
});
