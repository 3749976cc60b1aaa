import type { Project } from './project.js';
import { hiddenText, isSecretName, isSecretValue } from './redact.js';
import type { ServiceSpec } from './service.js';
import { type Origins, ownSpanOf, type ValuePath } from './span.js';

/** Takes the secrets of a project out of a text that somebody else wrote: an engine, a program, a container. */
export type HideSecrets = (text: string) => string;

export const hideNothing: HideSecrets = (text) => text;

/** Shorter ones stand in too many other words. */
const leastLength = 8;

/** Looks for the values only once there is a text. */
export function hideSecretsOf(project: Project): HideSecrets {
  let pattern: RegExp | undefined;
  return (text) => {
    pattern ??= patternOf(secretValuesOf(project));
    return text.replace(pattern, hiddenText);
  };
}

/**
 * Values that are secret by their name or form, or because an env file or a secret gives them. A word that the project
 * is made of, or could be any word, tells nothing and is none of them: with `POSTGRES_PASSWORD: postgres`, `postgres:17`
 * stays readable.
 */
export function secretValuesOf(project: Project): string[] {
  const known = publicText(project);
  const found = new Set<string>();
  const secret = [...(project.secretVariables ?? [])];
  const ofEnvFiles = [...(project.envFileVariables ?? [])];
  for (const { name, value, path } of namedValues(project)) {
    const hidden = path[2] === 'environment' ? [...secret, ...ofEnvFiles] : secret;
    for (const variable of hidden) if (value.includes(variable)) found.add(variable);
    const isWhole = isSecretName(name) || isSecretValue(value) || isFromEnvFile(project.origins, path);
    for (const part of isWhole ? [value] : secretParts(value)) found.add(part.trim());
  }
  for (const { source } of project.secrets.values())
    if ('content' in source && source.content !== undefined) found.add(source.content.trim());
  return [...found].filter((value) => isTelling(value) && !known.includes(value));
}

/**
 * Whether `${DB_PASSWORD}` and the like have been put into a value, under whatever name it stands. Into a variable of a
 * container, nothing of an env file may have been put either.
 */
export function holdsHiddenVariable(
  value: string,
  kind: 'variable' | 'other',
  { secretVariables = new Set(), envFileVariables = new Set() }: Project,
): boolean {
  const holds = (part: string, least: number) => part.length >= least && value.includes(part);
  if ([...secretVariables].some((secret) => holds(secret, 4))) return true;
  if (kind === 'other') return false;
  return (
    (value.length >= 4 && envFileVariables.has(value)) ||
    [...envFileVariables].some((part) => holds(part, leastLength))
  );
}

/**
 * Whether a variable of a service does not stand in a Compose file: it comes from an env file, or may have come from
 * one. `path`: `services.web.environment.NAME`.
 */
export function isFromEnvFile(origins: Origins, path: ValuePath): boolean {
  const isVariable = path[0] === 'services' && path[2] === 'environment';
  return isVariable && origins.spanOf(path) !== undefined && ownSpanOf(origins, path) === undefined;
}

interface NamedValue {
  readonly name: string;
  readonly value: string;
  readonly path: ValuePath;
}

/** What stands under a name that somebody gave, with its path in the file. */
function* namedValues({ services, inactiveServices, networks, volumes }: Project): Iterable<NamedValue> {
  for (const service of [...services.values(), ...inactiveServices.values()]) yield* valuesOfService(service);
  for (const { key, driverOptions } of networks.values())
    yield* valuesAt(driverOptions, ['networks', key, 'driver_opts']);
  for (const { key, driverOptions } of volumes.values())
    yield* valuesAt(driverOptions, ['volumes', key, 'driver_opts']);
}

function* valuesOfService(service: ServiceSpec): Iterable<NamedValue> {
  const { name, build, logging, provider } = service;
  const at = (...path: (string | number)[]): ValuePath => ['services', name, ...path];
  yield* valuesAt(service.environment, at('environment'));
  yield* valuesAt(provider?.environment ?? new Map(), at('provider', 'environment'));
  yield* valuesAt(logging?.options ?? new Map(), at('logging', 'options'));
  for (const hook of [...service.preStart, ...service.postStart, ...service.preStop])
    yield* valuesAt(hook.environment, at('hooks'));
  for (const [option, values] of provider?.options ?? [])
    yield* values.map((value) => ({ name: option, value, path: at('provider', 'options', option) }));
  if (build === undefined) return;
  yield* valuesAt(build.args, at('build', 'args'));
  for (const { id, source } of build.secrets)
    if (source.kind === 'environment')
      yield { name: 'secret', value: source.value ?? '', path: at('build', id) };
  for (const [key, value] of [['context', build.context] as const, ...build.additionalContexts])
    yield { name: key, value, path: at('build', key) };
}

function* valuesAt(values: ReadonlyMap<string, string | null>, path: ValuePath): Iterable<NamedValue> {
  for (const [name, value] of values) if (value !== null) yield { name, value, path: [...path, name] };
}

/** Secrets inside of a value: the password of an address, as it is written there and decoded, and `password=…`. */
function secretParts(value: string): string[] {
  const logins = [...value.matchAll(/[a-z][a-z0-9+.-]*:\/\/([^\s/]+)@/gi)].flatMap(([, login = '']) => {
    const password = login.slice(login.indexOf(':') + 1);
    return [password, decoded(password)];
  });
  const settings = [...value.matchAll(/([\w.-]+)=([^\s,;&]+)/g)];
  return [...logins, ...settings.flatMap(([, name = '', text = '']) => (isSecretName(name) ? [text] : []))];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Long enough to be found by itself, and not just a word. */
function isTelling(value: string): boolean {
  return value.length >= leastLength && (/[^a-z]/.test(value) || value.length >= 2 * leastLength);
}

/** What everybody may read of a project. */
function publicText({ name, workingDir, services, inactiveServices, networks, volumes }: Project): string {
  const all = [...services.values(), ...inactiveServices.values()];
  return [
    ...[name, workingDir],
    ...all.flatMap((service) => [service.name, service.image, service.build?.dockerfile ?? '']),
    ...all.flatMap(({ mounts }) => mounts.flatMap(({ source = '', target }) => [source, target])),
    ...[...networks.values(), ...volumes.values()].map((resource) => resource.name),
  ].join('\n');
}

/** Whole values only, the longest first; also as addresses write them. */
function patternOf(values: readonly string[]): RegExp {
  const forms = new Set(values.flatMap((value) => [value, encodeURIComponent(value)]));
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return escaped.length === 0 ? /(?!)/g : new RegExp(escaped.join('|'), 'g');
}
