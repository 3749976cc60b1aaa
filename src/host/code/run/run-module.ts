import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { CodeProblem, CodeRequest, CodeRun } from '../../../model/compose-code.js';
import { locateValue } from '../locate/locate-value.js';
import { explainFailure } from './explain-failure.js';
import type { FoundImports } from './install-hooks.js';
import { fileOf, isPackage, type OwnModules } from './resolve-target.js';

/** Runs the module in this thread and reads what it gives. Never throws: that is an outcome as well. */
export async function runModule(
  request: CodeRequest,
  own: OwnModules,
  found: FoundImports,
): Promise<CodeRun> {
  const outcome = await import(pathToFileURL(request.path).href).then(
    (namespace: Record<string, unknown>) => definitionOf(namespace, request),
    (error: unknown) => ({ error }),
  );
  const texts = textsOf(request.path, own, found);
  if ('error' in outcome) return failed([explainFailure(outcome.error, request.path, texts)], texts, found);
  if (outcome.exported === 'nothing') return failed([noExport()], texts, found);
  const { exported, value: made } = outcome;
  const { value, problems } = locateValue({ path: request.path, texts, fileOf, exported, value: made });
  if (problems.length > 0) return failed(problems, texts, found);
  return { texts, missing: [...found.missing], outcome: { ok: true, value } };
}

/** The run of a module that failed. */
export function failedRun(
  error: unknown,
  request: CodeRequest,
  own: OwnModules,
  found: FoundImports,
): CodeRun {
  const texts = textsOf(request.path, own, found);
  return failed([explainFailure(error, request.path, texts)], texts, found);
}

/** The run of a module that waits, while nothing is left that could go on. */
export function stuckRun({ path }: CodeRequest, own: OwnModules, found: FoundImports): CodeRun {
  const message = 'the code waits for something that never comes';
  return failed([{ kind: 'run', message }], textsOf(path, own, found), found);
}

type Definition =
  | { readonly exported: 'value' | 'function'; readonly value: unknown }
  | { readonly exported: 'nothing' }
  | { readonly error: unknown };

async function definitionOf(
  namespace: Record<string, unknown>,
  { environment, instance }: CodeRequest,
): Promise<Definition> {
  try {
    const exported = defaultOf(namespace);
    if (exported === undefined) return { exported: 'nothing' };
    if (typeof exported !== 'function') return { exported: 'value', value: await exported };
    const env = Object.fromEntries(environment);
    return { exported: 'function', value: await exported({ env, instance }) };
  } catch (error) {
    return { error };
  }
}

/** Compilers to CommonJS put the exports of a module one level deeper. */
function defaultOf({ default: exported }: Record<string, unknown>): unknown {
  const isWrapped = typeof exported === 'object' && exported !== null && '__esModule' in exported;
  return isWrapped ? (exported as unknown as { default?: unknown }).default : exported;
}

function noExport(): CodeProblem {
  return {
    kind: 'run',
    message: 'the module has no default export, and that is what is read',
    hint: 'write `export default defineCompose({ services: { … } })`',
  };
}

function failed(
  problems: readonly CodeProblem[],
  texts: CodeRun['texts'],
  { missing }: FoundImports,
): CodeRun {
  return { texts, missing: [...missing], outcome: { ok: false, problems } };
}

/** The files that had a part in it, as they are now. What was required has no hook on older versions of Node. */
function textsOf(path: string, own: OwnModules, found: FoundImports): Map<string, string> {
  found.update();
  const required = Object.keys(createRequire(path).cache).filter((each) => {
    const url = pathToFileURL(each).href;
    return !isPackage(url) && !url.startsWith(own.root);
  });
  const texts = new Map<string, string>();
  for (const each of new Set([path, ...found.files, ...required])) {
    try {
      texts.set(each, readFileSync(each, 'utf8'));
    } catch {
      // It went away meanwhile; whoever watches is told.
    }
  }
  return texts;
}
