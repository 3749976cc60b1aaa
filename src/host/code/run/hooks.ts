import { readFileSync } from 'node:fs';
import type { LoadFnOutput, LoadHookContext, ResolveFnOutput, ResolveHookContext } from 'node:module';
import { fileURLToPath } from 'node:url';
import { loadPacked, resolvePacked } from './packed-module.js';
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
    ): Result | ResolveFnOutput {
      const target = resolveTarget(specifier, context.parentURL, own, notes);
      return resolvePacked(target) ?? next(target, context);
    },
    load<Result>(
      url: string,
      context: LoadHookContext,
      next: (url: string, context: LoadHookContext) => Result,
    ): Result | LoadFnOutput {
      if (removal !== undefined && isOwnTypeScript(url)) return plain(url, removal);
      return loadPacked(url) ?? next(url, context);
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
