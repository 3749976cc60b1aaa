import { expect, test } from 'vitest';
import { maskLine } from '../../../src/problems/mask-line.js';

test.each([
  ['the value of a secret name', '  DB_PASSWORD: hunter2 # mine', '  DB_PASSWORD: ••••••• # mine'],
  ['one in a list', '- API_KEY=s3cret', '- API_KEY=••••••'],
  ['one in a flow mapping', 'a: { token: "x, y", port: 80 }', 'a: { token: "•• •", port: 80 }'],
  ['the login of an address', 'url: https://me:pw@host/x', 'url: https://•••••@host/x'],
  ['a key whatever it is called', 'note: ghp_0123456789ab', 'note: ••••••••••••••••'],
])('%s is covered in place', (_, line, shown) => {
  expect(maskLine(line, 'compose-file')).toBe(shown);
});

test.each([
  'secrets: [key]',
  'token: { environment: TOKEN }',
  `PASSWORD: ${'$'}{PASSWORD}`,
  'password:',
  'secret: *shared',
])('%s names a secret and is none', (line) => {
  expect(maskLine(line, 'compose-file')).toBe(line);
});

test('of an env file only names are shown', () => {
  expect(['MODE=fast x', 'rest of a value'].map((line) => maskLine(line, 'env-file'))).toEqual([
    'MODE=•••• •',
    '•••• •• • •••••',
  ]);
});
