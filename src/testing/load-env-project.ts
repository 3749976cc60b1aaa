import type { ComposeProject } from '../client/compose-project.js';
import { loadProjectIn } from '../client/load-project.js';
import type { ProjectSource } from '../client/project-source.js';
import { thisProcess } from '../client/this-process.js';
import type { Instances } from '../model/instance.js';
import type { TestEnvOptions } from './options.js';

/** One stack for tests, as an instance of the project. */
export interface EnvInstance {
  readonly name: string;
  readonly ports: Instances;
}

/** That instance of the project. Throws ConfigError with all that is wrong with the files or the definition. */
export function loadEnvProject(
  source: ProjectSource,
  { name: instance, ports }: EnvInstance,
  options: TestEnvOptions,
  environment: ReadonlyMap<string, string>,
): Promise<ComposeProject> {
  const { cwd, profiles, envFiles, engine, host, context } = options;
  const request = { cwd, environment: Object.fromEntries(environment) };
  const surroundings = thisProcess({ ...request, stdin: noInput() });
  return loadProjectIn({ ...surroundings, load: { ...surroundings.load, instances: ports } }, source, {
    ...request,
    ...{ instance, profiles, envFiles, engine, host, context },
  });
}

/** Runners have uses of their own for what comes in. */
async function* noInput(): AsyncGenerator<Uint8Array> {}
