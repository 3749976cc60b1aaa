import type { ComposeProject } from '../client/compose-project.js';
import { loadProjectIn } from '../client/load-project.js';
import { thisProcess } from '../client/this-process.js';
import type { Instances } from '../model/instance.js';
import { definitionOf, type EnvDefinition, type EnvSource, filesOf } from './env-source.js';
import type { TestEnvOptions } from './options.js';

/** One stack for tests, as an instance of the project. */
export interface EnvInstance {
  readonly name: string;
  readonly ports: Instances;
}

/** That instance of the project. Throws ConfigError with all that is wrong with the files or the definition. */
export function loadEnvProject(
  source: EnvSource,
  { name: instance, ports }: EnvInstance,
  options: TestEnvOptions,
  environment: ReadonlyMap<string, string>,
): Promise<ComposeProject> {
  const { cwd, profiles, envFiles, engine, host, context } = options;
  const definition = definitionOf(source, environment, instance);
  const stdin = definition === undefined ? noInput() : textAsInput(JSON.stringify(escaped(definition)));
  const request = { cwd, environment: Object.fromEntries(environment) };
  const surroundings = thisProcess({ ...request, stdin });
  return loadProjectIn(
    { ...surroundings, load: { ...surroundings.load, instances: ports } },
    filesOf(source) ?? ['-'],
    { ...request, instance, profiles, envFiles, engine, host, context },
  );
}

/** In Compose, a `$` that counts for itself is doubled. JSON is YAML. */
function escaped(definition: EnvDefinition): unknown {
  return JSON.parse(JSON.stringify(definition), (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('$', () => '$$') : value,
  );
}

async function* textAsInput(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Runners have uses of their own for what comes in. */
async function* noInput(): AsyncGenerator<Uint8Array> {}
