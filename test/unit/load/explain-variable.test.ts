import { expect, test } from 'vitest';
import { splitServiceVariable } from '../../../src/load/explain-variable.js';

test.each([
  ['web.A', ['web'], { service: 'web', name: 'A' }],
  ['web.api.A', ['web', 'web.api'], { service: 'web.api', name: 'A' }],
  ['web.api.A', ['web.api', 'web'], { service: 'web.api', name: 'A' }],
  ['web.api.A', ['web'], { service: 'web', name: 'api.A' }],
  ['web.', ['web'], { service: 'web', name: '' }],
  ['A.B', ['web'], undefined],
  ['web', ['web'], undefined],
])('%s is split at the longest service name of %j', (text, services, expected) => {
  expect(splitServiceVariable(text, services)).toEqual(expected);
});
