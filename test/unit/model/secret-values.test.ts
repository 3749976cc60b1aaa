import { expect, test } from 'vitest';
import { hideSecretsOf, holdsHiddenVariable, secretValuesOf } from '../../../src/model/secret-values.js';
import { projectOf } from '../../support/project-builder.js';

const withEnvironment = (entries: Readonly<Record<string, string>>, more = {}) => ({
  ...projectOf({
    services: { web: { image: 'postgres:17', environment: new Map(Object.entries(entries)) } },
  }),
  ...more,
});

test('what stands under a secret name is hidden wherever it is quoted, also as addresses write it', () => {
  const hide = hideSecretsOf(withEnvironment({ DB_PASSWORD: 'hunter2/x' }));
  expect(hide('no hunter2/x in https://a:hunter2%2Fx@host')).toBe('no •••••• in https://a:••••••@host');
});

test('the password of an address and of an option string is hidden, and the rest is not', () => {
  expect(
    secretValuesOf(
      withEnvironment({ URL: 'https://me:pass-word1@host/', OPTIONS: 'user=someone1,password=opensesame1' }),
    ),
  ).toEqual(['pass-word1', 'opensesame1']);
});

test('a word that the project is made of, or that could be any word, stays readable', () => {
  expect(
    secretValuesOf(
      withEnvironment({ A_PASSWORD: 'postgres', B_PASSWORD: 'changeme', C_PASSWORD: 'postgres:17' }),
    ),
  ).toEqual([]);
});

test('a variable with a secret name makes a secret of what it is put into', () => {
  const project = withEnvironment(
    { DSN: 'app/opensesame1/db' },
    { secretVariables: new Set(['opensesame1']) },
  );
  expect([secretValuesOf(project), holdsHiddenVariable('app/opensesame1/db', 'other', project)]).toEqual([
    ['opensesame1'],
    true,
  ]);
});

test('what an env file sets is hidden in variables of containers, and not elsewhere', () => {
  const project = withEnvironment({}, { envFileVariables: new Set(['fast']) });
  expect(
    ['variable', 'other'].map((kind) => holdsHiddenVariable('fast', kind as 'variable' | 'other', project)),
  ).toEqual([true, false]);
});
