import { createHash, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { definitionOf, filesOf, type ProjectSource } from '../client/project-source.js';
import type { Surroundings } from '../client/this-process.js';
import type { TestEnvOptions } from './options.js';

/** `test4f1c09ab`, which makes `shop--test4f1c09ab` of a project: never the same twice. */
export function ownInstance(): string {
  return `test${randomBytes(4).toString('hex')}`;
}

/** What tells one stack that is kept from another. */
export interface KeptInstance {
  readonly stay: 'shared' | 'reused';
  /** What a person calls it; empty: nothing. */
  readonly key: string;
  /** Address of its engine. */
  readonly engine: string;
  /** Name of this machine: others with the same engine have stacks of their own, and so have other people. */
  readonly host: string;
  /** Where this person's programs write down what they know; undefined: nowhere. */
  readonly state: string | undefined;
  readonly surroundings: Pick<Surroundings, 'cwd' | 'environment'>;
}

/**
 * `reused09ab4f1c22`: the same for the same files and options. Files count by where they are and not by what they say:
 * when they change, the stack is brought to what they say now.
 */
export function keptInstance(
  source: ProjectSource,
  { surroundings: { cwd, environment: variables }, stay, ...others }: KeptInstance,
  options: TestEnvOptions,
): string {
  const { services = [], profiles = [], environment = {}, envFiles = [], scale = {} } = options;
  const files = filesOf(source)?.map((file) => resolve(cwd, file)) ?? [];
  // Files that are looked for, and paths in a definition, begin in the working directory.
  const what = files.length > 0 ? files : [cwd, definitionOf(source, variables, undefined)];
  const text = JSON.stringify([others, what, services, profiles, environment, envFiles, scale]);
  return `${stay}${createHash('sha256').update(text).digest('hex').slice(0, 10)}`;
}
