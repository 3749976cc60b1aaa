import type { ComposeProject } from '../client/compose-project.js';
import { loadProjectIn } from '../client/load-project.js';
import { thisProcess } from '../client/this-process.js';
import type { Instances } from '../model/instance.js';
import type { TestEnvOptions } from './options.js';

/** A Compose file as a value. Texts in it are what they are: no `${…}` is replaced. */
export interface EnvDefinition<Service extends string = string> {
  readonly name?: string;
  readonly services: { readonly [Name in Service]: object };
}

/** What a definition that is a function is called with. */
export interface DefinitionContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly instance: string | undefined;
  /** Absolute. */
  readonly directory: string;
}

/** What a stack for tests is made from: files, or what they would say. */
export type EnvSource<Service extends string = string> =
  | string
  | readonly string[]
  | EnvDefinition<Service>
  | ((context: DefinitionContext) => EnvDefinition<Service> | Promise<EnvDefinition<Service>>);

/** The same with all that has to be asked for asked. */
export type SettledSource = { readonly files: readonly string[] } | { readonly definition: EnvDefinition };

export async function settleSource(
  source: EnvSource,
  { environment, cwd }: { readonly environment: ReadonlyMap<string, string>; readonly cwd: string },
): Promise<SettledSource> {
  if (typeof source === 'string') return { files: [source] };
  if (isFiles(source)) return { files: source };
  if (typeof source !== 'function') return { definition: source };
  const context = { env: Object.fromEntries(environment), instance: undefined, directory: cwd };
  return { definition: await source(context) };
}

function isFiles(source: EnvSource): source is readonly string[] {
  return Array.isArray(source);
}

/** One stack for tests, as an instance of the project. */
export interface EnvInstance {
  readonly name: string;
  readonly ports: Instances;
}

/** That instance of the project. Throws ConfigError with all that is wrong with the files or the definition. */
export function loadEnvProject(
  source: SettledSource,
  { name: instance, ports }: EnvInstance,
  options: TestEnvOptions,
  environment: ReadonlyMap<string, string>,
): Promise<ComposeProject> {
  const { cwd, profiles, envFiles, engine, host, context } = options;
  const isDefinition = 'definition' in source;
  const stdin = isDefinition ? textAsInput(JSON.stringify(escaped(source.definition))) : noInput();
  const request = { cwd, environment: Object.fromEntries(environment) };
  const surroundings = thisProcess({ ...request, stdin });
  return loadProjectIn(
    { ...surroundings, load: { ...surroundings.load, instances: ports } },
    isDefinition ? ['-'] : source.files,
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
