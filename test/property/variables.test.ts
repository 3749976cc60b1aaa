import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseEnvFile, parseRawEnvFile } from '../../src/load/env-file.js';
import { interpolateText, listVariables } from '../../src/load/interpolate-text.js';

/** Texts made of what the grammars are made of. */
const pieces = [
  '$',
  '{',
  '}',
  ':-',
  '-',
  ':?',
  '?',
  ':+',
  '+',
  'A',
  'B1',
  '_',
  ' ',
  '\n',
  '\r\n',
  '=',
  ':',
  '#',
];
const quotes = ['"', "'", '\\', '\\n', '\\0101', 'export ', '\uFEFF', 'é', '🙂', '[', '.'];
const text = fc
  .array(fc.constantFrom(...pieces, ...quotes), { maxLength: 40 })
  .map((parts) => parts.join(''));
const values = fc.dictionary(fc.constantFrom('A', 'B1', '_'), text);

function lookupIn(variables: Record<string, string>): (name: string) => string | undefined {
  return (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined);
}

it('a text with every dollar sign doubled comes out as it was', () => {
  fc.assert(
    fc.property(text, values, (plain, variables) => {
      const escaped = plain.replaceAll('$', '$$$$');
      expect(interpolateText(escaped, lookupIn(variables))).toEqual({ ok: true, value: plain, unset: [] });
    }),
  );
});

it('every variable that is missed is in the list of variables', () => {
  fc.assert(
    fc.property(text, values, (template, variables) => {
      const result = interpolateText(template, lookupIn(variables));
      const missed = result.ok ? result.unset : [result.variable ?? []].flat();
      const listed = listVariables(template).map(({ name }) => name);
      expect(missed.filter((name) => !listed.includes(name))).toEqual([]);
    }),
  );
});

it('an env file either has entries or is wrong on one of its lines', () => {
  fc.assert(
    fc.property(text, values, (content, variables) => {
      const lineCount = content.split('\n').length;
      for (const result of [
        parseEnvFile(content, lookupIn(variables)),
        parseRawEnvFile(content, lookupIn(variables)),
      ]) {
        const isPlausible = result.ok || (result.line >= 1 && result.line <= lineCount);
        expect(isPlausible).toBe(true);
      }
    }),
  );
});

it('what is written in single quotes or raw is read back literally', () => {
  const literal = text.filter((value) => !/['\\\r\n\uFEFF]/.test(value));
  fc.assert(
    fc.property(literal, (value) => {
      const quoted = parseEnvFile(`A='${value}'`, () => undefined);
      const raw = parseRawEnvFile(`A=${value}`, () => undefined);
      expect([quoted, raw].map((result) => result.ok && result.entries.get('A'))).toEqual([value, value]);
    }),
  );
});
