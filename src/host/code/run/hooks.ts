import { readFileSync } from 'node:fs';
import type { LoadFnOutput, LoadHookContext, ResolveHookContext } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type ImportNotes, isPackage, type OwnModules, resolveTarget } from './resolve-target.js';

/** Turns a text into JavaScript. */
export type TypeRemoval = (path: string, text: string) => string;

/**
 * How modules are found and read. The same functions serve both of Node's ways to hook in, as none of them waits.
 * Without a removal Node takes types away itself.
 */
export function moduleHooks(own: OwnModules, notes: ImportNotes, removal: TypeRemoval | undefined) {
  return {
    resolve<Result>(
      specifier: string,
      context: ResolveHookContext,
      next: (specifier: string, context: ResolveHookContext) => Result,
    ): Result {
      return next(resolveTarget(specifier, context.parentURL, own, notes), context);
    },
    load<Result>(
      url: string,
      context: LoadHookContext,
      next: (url: string, context: LoadHookContext) => Result,
    ): Result | LoadFnOutput {
      return removal !== undefined && isOwnTypeScript(url) ? plain(url, removal) : next(url, context);
    },
  };
}

/** What takes types away where Node, before 22.18, does not. */
export async function neededRemoval(): Promise<TypeRemoval | undefined> {
  const { features } = process as { features: { typescript?: unknown } };
  return features.typescript ? undefined : (await import('./without-types.js')).withoutTypes;
}

function isOwnTypeScript(url: string): boolean {
  return /^file:.*\.[cm]?ts(?:\?|$)/.test(url) && !isPackage(url);
}

function plain(url: string, removal: TypeRemoval): LoadFnOutput {
  const path = fileURLToPath(url);
  const format = path.endsWith('.cts') ? 'commonjs' : 'module';
  return { format, shortCircuit: true, source: removal(path, readFileSync(path, 'utf8')) };
}
