import { expect, it } from 'vitest';
import { closestName } from '../../../src/model/closest-name.js';

const names = ['image', 'ports', 'depends_on', 'deploy', 'environment', 'env_file', 'user'];

it.each([
  ['imgae', 'image'],
  ['prts', 'ports'],
  ['port', 'ports'],
  ['dependsOn', 'depends_on'],
  ['depends-on', 'depends_on'],
  ['DEPLOY', 'deploy'],
  ['enviroment', 'environment'],
  ['envfile', 'env_file'],
  ['usr', 'user'],
])('%s means %s', (written, meant) => {
  expect(closestName(written, names)).toBe(meant);
});

it.each(['', 'x', 'cmd', 'restart', 'ports'.repeat(1000)])('%s is too far from all', (written) => {
  expect(closestName(written, names)).toBeUndefined();
});
