import type { Defined } from '../define/define-compose.js';

/** A Compose file as a value. Texts in it are what they are: no `${…}` is replaced. */
export interface EnvDefinition<Service extends string = string>
  extends Partial<Readonly<Record<OtherKey, unknown>>> {
  readonly services?: { readonly [Name in Service]: object };
}

type OtherKey = 'name' | 'include' | 'networks' | 'volumes' | 'configs' | 'secrets' | 'models';

/** What a stack for tests is made from: files, or what they would say, as `defineCompose` gives it. */
export type EnvSource<Service extends string = string> =
  | string
  | readonly string[]
  | Defined<EnvDefinition<Service>>;

/** undefined: it is a definition. */
export function filesOf(source: EnvSource): readonly string[] | undefined {
  if (typeof source === 'string') return [source];
  return isList(source) ? source : undefined;
}

/** The definition as one instance has it; undefined: there are files. */
export function definitionOf(
  source: EnvSource,
  environment: ReadonlyMap<string, string>,
  instance: string | undefined,
): EnvDefinition | undefined {
  if (typeof source === 'string' || isList(source)) return undefined;
  return typeof source === 'function' ? source({ env: Object.fromEntries(environment), instance }) : source;
}

function isList(source: EnvSource): source is readonly string[] {
  return Array.isArray(source);
}
