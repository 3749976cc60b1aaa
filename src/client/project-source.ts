import type { Defined } from '../define/define-compose.js';

/** A Compose file as a value. Texts in it are what they are: no `${…}` is replaced. */
export interface ProjectDefinition<Service extends string = string>
  extends Partial<Readonly<Record<OtherKey, unknown>>> {
  readonly services?: { readonly [Name in Service]: object };
}

type OtherKey = 'name' | 'include' | 'networks' | 'volumes' | 'configs' | 'secrets' | 'models';

/** What a project is loaded from: files, or what they would say, as `defineCompose` gives it. */
export type ProjectSource<Service extends string = string> =
  | string
  | readonly string[]
  | Defined<ProjectDefinition<Service>>;

/** undefined: it is a definition. */
export function filesOf(source: ProjectSource): readonly string[] | undefined {
  if (typeof source === 'string') return [source];
  return isList(source) ? source : undefined;
}

/** The definition as one instance has it; undefined: there are files. */
export function definitionOf(
  source: ProjectSource,
  environment: ReadonlyMap<string, string>,
  instance: string | undefined,
): ProjectDefinition | undefined {
  if (typeof source === 'string' || isList(source)) return undefined;
  return typeof source === 'function' ? source({ env: Object.fromEntries(environment), instance }) : source;
}

function isList(source: ProjectSource): source is readonly string[] {
  return Array.isArray(source);
}

/** A definition as the text of a file: JSON is YAML. In Compose, a `$` that counts for itself is doubled. */
export function textOfDefinition(definition: ProjectDefinition): string {
  return JSON.stringify(definition, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('$', () => '$$') : value,
  );
}
