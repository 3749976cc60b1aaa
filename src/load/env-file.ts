import { type EnvStatement, normalizeLines, readEnvStatements } from './env-file-syntax.js';
import { interpolateText, type VariableLookup } from './interpolate-text.js';

export type EnvFileResult =
  | {
      readonly ok: true;
      /** In order of first appearance; null: a bare name for which the lookup has no value. */
      readonly entries: ReadonlyMap<string, string | null>;
      /** Variables that values use and that are not set, each once. */
      readonly unset: readonly string[];
    }
  | {
      readonly ok: false;
      /** Counts from 1. */
      readonly line: number;
      readonly message: string;
    };

/**
 * Reads an env file (`.env`, `--env-file`, `env_file`, `label_file`). Variables in values are looked up outside
 * first and then among the earlier entries of the file, so that the shell wins inside a value although the entry
 * itself keeps what the file says. `earlier` knows the entries of the files before this one, when there are several:
 * inside values, entries of this file win over them.
 */
export function parseEnvFile(
  text: string,
  lookup: VariableLookup,
  earlier: VariableLookup = () => undefined,
): EnvFileResult {
  const statements = readEnvStatements(text);
  if (!statements.ok) return statements;
  const entries = new Map<string, string | null>();
  const unset = new Set<string>();
  const lookupHereToo: VariableLookup = (name) => lookup(name) ?? entries.get(name) ?? earlier(name);
  for (const statement of statements.statements) {
    const value = resolveStatement(statement, lookup, lookupHereToo);
    if (!value.ok) return { ok: false, line: statement.line, message: value.message };
    entries.set(statement.key, value.value);
    for (const name of value.unset) unset.add(name);
  }
  return { ok: true, entries, unset: [...unset] };
}

/** Reads an env file with `format: raw`: `NAME=value` lines taken literally, `#` lines are comments. */
export function parseRawEnvFile(text: string, lookup: VariableLookup): EnvFileResult {
  const entries = new Map<string, string | null>();
  const lines = normalizeLines(text).split('\n');
  for (const [index, written] of lines.entries()) {
    const line = written.trimStart();
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const key = equals === -1 ? line : line.slice(0, equals);
    const problem = rawKeyProblem(key);
    if (problem !== undefined) return { ok: false, line: index + 1, message: problem };
    entries.set(key, equals === -1 ? (lookup(key) ?? null) : line.slice(equals + 1));
  }
  return { ok: true, entries, unset: [] };
}

function rawKeyProblem(key: string): string | undefined {
  if (key === '') return 'a variable name is missing before "="';
  if (/\s/.test(key)) return `the variable name ${JSON.stringify(key)} contains a blank`;
  return undefined;
}

type StatementValue =
  | { readonly ok: true; readonly value: string | null; readonly unset: readonly string[] }
  | { readonly ok: false; readonly message: string };

function resolveStatement(
  statement: EnvStatement,
  lookup: VariableLookup,
  lookupHereToo: VariableLookup,
): StatementValue {
  switch (statement.kind) {
    case 'bare':
      return { ok: true, value: lookup(statement.key) ?? null, unset: [] };
    case 'literal':
      return { ok: true, value: statement.value, unset: [] };
    case 'template':
      return interpolateText(statement.value, lookupHereToo);
  }
}
