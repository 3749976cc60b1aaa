import { createHash, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { SettledSource } from './load-env-project.js';
import type { TestEnvOptions } from './options.js';

/** `test4f1c09ab`, which makes `shop--test4f1c09ab` of a project: never the same twice. */
export function ownInstance(): string {
  return `test${randomBytes(4).toString('hex')}`;
}

export interface KeptInstance {
  readonly stay: 'shared' | 'reused';
  /** What a person calls it; empty: nothing. */
  readonly key: string;
  /** Name of this machine: others with the same engine have stacks of their own. */
  readonly host: string;
  readonly cwd: string;
}

/**
 * `reused09ab4f1c22`: the same for the same files and options. Files count by where they are and not by what they say:
 * when they change, the stack is brought to what they say now.
 */
export function keptInstance(
  source: SettledSource,
  { stay, key, host, cwd }: KeptInstance,
  options: TestEnvOptions,
): string {
  const what = 'files' in source ? source.files.map((file) => resolve(cwd, file)) : [cwd, source.definition];
  const { services = [], profiles = [], environment = {}, envFiles = [], scale = {} } = options;
  const text = JSON.stringify([stay, key, host, what, services, profiles, environment, envFiles, scale]);
  return `${stay}${createHash('sha256').update(text).digest('hex').slice(0, 10)}`;
}
