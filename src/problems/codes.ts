import { applyCodes } from './codes/apply-codes.js';
import { configCodes } from './codes/config-codes.js';
import { engineCodes } from './codes/engine-codes.js';
import { instanceCodes } from './codes/instance-codes.js';
import { requestCodes } from './codes/request-codes.js';

/**
 * Every code that a diagnostic or an error of ours can carry, with what it means, how one comes to it and what to do.
 * Branch on codes, never on messages. `config/*` and `instance/*` are found in files, `engine/*` come from the engine,
 * `apply/*` from carrying a plan out. docs/errors.md is made from this.
 */
export const problemCodes = {
  ...configCodes,
  ...instanceCodes,
  ...requestCodes,
  ...engineCodes,
  ...applyCodes,
};

export type ProblemCode = keyof typeof problemCodes;
