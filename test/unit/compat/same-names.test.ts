import * as theirs from 'docker-compose';
import { expect, test } from 'vitest';
import * as ours from '../../../src/compat/index.js';

type Theirs = typeof theirs;

/** Functions of theirs that take a whole file as a value have another generated type for it; results are the same. */
type Results = {
  [Name in keyof Theirs]: Theirs[Name] extends (...args: never[]) => infer Result ? Result : unknown;
};
type OurResults = {
  [Name in keyof typeof ours]: (typeof ours)[Name] extends (...args: never[]) => infer Result
    ? Result
    : unknown;
};

/** The compiler holds this: whatever one does with a result of theirs one can do with ours. */
const asTheirs = (results: Omit<OurResults, 'default'>): Omit<Results, 'default'> => results;

test('every name that docker-compose exports is here, and a function where it is one', () => {
  const kinds = (module: object) =>
    Object.entries(module)
      .filter(([name]) => !['default', 'module.exports', '__esModule'].includes(name))
      .map(([name, value]) => `${name}: ${typeof value}`);
  void asTheirs;
  expect(kinds(ours)).toEqual(expect.arrayContaining(kinds(theirs)));
});
