import { expect, test } from 'vitest';
import { headerValue } from '../../../src/registry/header-value.js';

// An engine that finds no padding reads nothing at all, and asks the registry for nobody in particular.
test.each(['', 'a', 'ab', 'abc', '~~~???'])('a header is complete whatever its length: "%s"', (password) => {
  const header = headerValue({ password });
  const told: unknown = JSON.parse(Buffer.from(header, 'base64url').toString());
  expect([header.length % 4, /^[\w-]+=*$/.test(header), told]).toEqual([0, true, { password }]);
});
