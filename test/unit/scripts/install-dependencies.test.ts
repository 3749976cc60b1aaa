import { expect, test } from 'vitest';
import { isInstalled } from '../../../scripts/setup/install-dependencies.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/yaml': { version: '2.9.1' },
  'node_modules/@esbuild/win32-x64': { version: '0.28.2', optional: true },
};

test('packages in the versions of the lock file need no installation; one for another platform may be missing', () => {
  expect(isInstalled(wanted, { 'node_modules/yaml': { version: '2.9.1' } })).toBe(true);
});

test.each([
  ['nothing is there', undefined],
  ['a package is missing', {}],
  ['a package has another version', { 'node_modules/yaml': { version: '2.9.0' } }],
])('dependencies are installed when %s', (_why, installed) => {
  expect(isInstalled(wanted, installed)).toBe(false);
});
