import { expect, test } from 'vitest';
import { isSecretName, redactText, redactUrls, redactValue } from '../../../src/model/redact.js';

test.each([
  ['DB_PASSWORD', true],
  ['PGPASSWORD', true],
  ['dbPassword', true],
  ['API_KEY', true],
  ['GITHUB_TOKEN', true],
  ['DB_PWD', true],
  ['PWD', false],
  ['OLDPWD', false],
  ['MONKEY', false],
  ['TOKENIZER', false],
  ['MODE', false],
])('%s is a secret: %s', (name, expected) => {
  expect(isSecretName(name)).toBe(expected);
});

test.each([
  ['postgres://user:pass@db/x', 'postgres://••••••@db/x'],
  ['postgres://user:p@ss@db/x', 'postgres://••••••@db/x'],
  ['a https://u@h/x and redis://:p@r', 'a https://••••••@h/x and redis://••••••@r'],
  ['https://example.com/a@b', 'https://example.com/a@b'],
  ['user@example.com', 'user@example.com'],
])('of %s is shown %s', (text, expected) => {
  expect(redactUrls(text)).toBe(expected);
});

test.each([
  ['AKIAIOSFODNN7EXAMPLE'],
  ['ghp_0123456789abcdefghij'],
  ['-----BEGIN RSA PRIVATE KEY-----\nabc'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def'],
])('%s is hidden whatever it is called', (value) => {
  expect(redactValue('MODE', value)).toBe('••••••');
});

test.each([
  ['serve --token abc --port 80', 'serve --token •••••• --port 80'],
  ['serve --api-key=abc -v', 'serve --api-key=•••••• -v'],
  ['["serve","--password","abc","--user","me"]', '["serve","--password","••••••","--user","me"]'],
  ['["sh","-c","PASSWORD=\\"a b\\" run"]', '["sh","-c","PASSWORD=•••••• run"]'],
  ['username=me,password=abc', 'username=me,password=••••••'],
  ['https://h/?a=b&token=abc', 'https://h/?a=b&token=••••••'],
  ['redis://me:abc@h/0 PASSWORD=x', 'redis://••••••@h/0 PASSWORD=••••••'],
  ['run --token --verbose', 'run --token --verbose'],
  ['sleep 1000', 'sleep 1000'],
])('of the command line %s is shown %s', (text, expected) => {
  expect(redactText(text)).toBe(expected);
});
