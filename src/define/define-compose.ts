import type { ComposeFile } from '../model/compose-file.js';
import type { ComposeDefinition } from './definition.js';

/** What a definition that is a function is called with. */
export interface ComposeContext {
  /** The variables of the process and of `.env`: what YAML files have in `${…}`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The instance that is loaded, when the project runs several times at once. */
  readonly instance: string | undefined;
}

/** A definition, or a function that makes it each time the project is loaded. */
export type Defined<Definition> = Definition | ((context: ComposeContext) => Definition);

/**
 * A Compose file in TypeScript, to be the default export of `compose.ts`. Gives back what it gets; it is there for the
 * types: every key of the format, and names that must be declared in the same definition.
 *
 * Strings are what they are: `${…}` in them means nothing. Write a template literal with `process.env`, or a function of
 * the context.
 */
export function defineCompose<
  const Services extends string,
  const Networks extends string = never,
  const Volumes extends string = never,
  const Configs extends string = never,
  const Secrets extends string = never,
  const Models extends string = never,
  const Includes extends NonNullable<ComposeFile['include']> = never,
>(
  // One signature with a union: overloads would wrap every message of the compiler in two of their own.
  definition: Defined<ComposeDefinition<Services, Networks, Volumes, Configs, Secrets, Models, Includes>>,
): Defined<ComposeDefinition<Services, Networks, Volumes, Configs, Secrets, Models, Includes>> {
  return definition;
}
