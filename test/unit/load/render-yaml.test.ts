import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderYaml } from '../../../src/load/render-yaml.js';

const texts = [
  ...[
    'plain',
    '',
    'yes',
    'N',
    'true',
    'null',
    '~',
    '1',
    '1.5',
    '1e3',
    '0755',
    '22:22',
    '2024-01-01',
    '=',
    '<<',
  ],
  ...[
    'a: b',
    'a #b',
    '# a',
    '- a',
    '-',
    '[a',
    '{a',
    '*a',
    '&a',
    '!a',
    '|',
    '>',
    "it's",
    '"q"',
    '%a',
    '@a',
    '`a',
  ],
  ...[
    ' lead',
    'trail ',
    'tab\there',
    'a\nb',
    'a\nb\n',
    'a\n\n',
    '\na',
    '  a\nb',
    'a \nb',
    '\n',
    'caf\u00e9',
    '\u0007',
    '\u{1f600}',
  ],
];

test.each(texts)('the text %j is read back as it was', (text) => {
  const document = new Map([
    ['key', text],
    [`k${text}`, 'value'],
  ]);
  expect(parse(renderYaml(document), { version: '1.1', schema: 'core' })).toEqual(
    Object.fromEntries(document),
  );
});

test('what YAML 1.1 reads as something else is quoted', () => {
  expect(renderYaml(['y', 'on', '1', 'null', 'plain', '22:22'])).toBe(
    '- "y"\n- "on"\n- "1"\n- "null"\n- plain\n- "22:22"\n',
  );
});

test('lists stand below their key and numbers in keys count as numbers', () => {
  const document = new Map([
    ['k10', ['a', new Map([['b', 1]])]],
    ['k9', []],
  ]);
  expect(renderYaml(document)).toBe('k9: []\nk10:\n  - a\n  - b: 1\n');
});
