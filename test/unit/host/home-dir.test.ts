import { expect, test } from 'vitest';
import { homeDirOf } from '../../../src/host/home-dir.js';

const unknownUser = () => {
  throw new Error('uv_os_homedir returned ENOENT');
};

test('the home is what HOME says, else what the system says, else the root', () => {
  expect([
    homeDirOf('/home/me', () => '/other'),
    homeDirOf(undefined, () => '/other'),
    homeDirOf(undefined, unknownUser),
  ]).toEqual(['/home/me', '/other', '/']);
});
