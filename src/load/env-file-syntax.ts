import { unescapeDoubleQuoted } from './env-file-escapes.js';

/** One entry of an env file before variables are filled in. */
export type EnvStatement =
  | { readonly kind: 'bare'; readonly key: string; readonly line: number }
  | {
      readonly kind: 'literal' | 'template';
      readonly key: string;
      readonly value: string;
      readonly line: number;
    };

export type EnvStatements =
  | { readonly ok: true; readonly statements: readonly EnvStatement[] }
  | { readonly ok: false; readonly line: number; readonly message: string };

/**
 * Splits an env file into entries: `NAME=value`, `NAME: value`, a bare `NAME`, each with an optional `export` in
 * front. Values in single quotes are literal, all others are templates. Quoted values may span lines.
 */
export function readEnvStatements(text: string): EnvStatements {
  const reader: Reader = { text: normalizeLines(text), position: 0, line: 1 };
  const statements: EnvStatement[] = [];
  try {
    while (skipToStatement(reader)) statements.push(readStatement(reader));
    return { ok: true, statements };
  } catch (error) {
    if (error instanceof EnvFileProblem) return { ok: false, line: error.line, message: error.message };
    throw error;
  }
}

interface Reader {
  readonly text: string;
  position: number;
  line: number;
}

/** Leaves the loop; never leaves this file. */
class EnvFileProblem extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const exportPrefix = /export[^\S\n]+(?=[^\s=:])/y;
const keyPattern = /[\p{L}\p{N}_.\-[\]]*/uy;
const blanks = /[^\S\n]*/y;

/** Without a byte order mark, lines ended by line feeds alone. */
export function normalizeLines(text: string): string {
  const withoutMark = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return withoutMark.replaceAll('\r\n', '\n');
}

/** Over blank lines and comments; false at the end of the text. */
function skipToStatement(reader: Reader): boolean {
  const { text } = reader;
  for (;;) {
    read(reader, blanks);
    if (text[reader.position] === '#') {
      const end = text.indexOf('\n', reader.position);
      reader.position = end === -1 ? text.length : end;
    }
    if (reader.position >= text.length) return false;
    if (text[reader.position] !== '\n') return true;
    reader.position++;
    reader.line++;
  }
}

function readStatement(reader: Reader): EnvStatement {
  const { line } = reader;
  read(reader, exportPrefix);
  const key = read(reader, keyPattern);
  const blank = read(reader, blanks);
  const separator = reader.text[reader.position];
  if (separator !== '=' && separator !== ':') {
    const isComment = separator === '#' && blank !== '';
    if (separator === undefined || separator === '\n' || isComment) return { kind: 'bare', key, line };
    throw keyProblem(reader, key, separator);
  }
  if (key === '') throw new EnvFileProblem(line, `a variable name is missing before "${separator}"`);
  reader.position++;
  read(reader, blanks);
  const first = reader.text[reader.position];
  if (first === "'") return { kind: 'literal', key, line, value: readQuoted(reader, key, first) };
  if (first === '"') {
    return { kind: 'template', key, line, value: unescapeDoubleQuoted(readQuoted(reader, key, first)) };
  }
  return { kind: 'template', key, line, value: readUnquoted(reader) };
}

function keyProblem(reader: Reader, key: string, found: string): EnvFileProblem {
  const end = reader.text.indexOf('\n', reader.position);
  const restOfLine = reader.text.slice(reader.position, end === -1 ? undefined : end);
  const isKeyWithBlank = /^[\p{L}\p{N}_.\-[\] \t]*(?:[=:]|$)/u.test(restOfLine) && key !== '';
  if (isKeyWithBlank) return new EnvFileProblem(reader.line, 'a variable name cannot contain a blank');
  // The character alone: what follows it may be a part of a secret.
  const character = String.fromCodePoint(reader.text.codePointAt(reader.position) ?? found.charCodeAt(0));
  const near = key === '' ? '' : ` after ${JSON.stringify(key)}`;
  return new EnvFileProblem(
    reader.line,
    `unexpected character ${JSON.stringify(character)} in a variable name${near}`,
  );
}

/** To the end of the line or the first `#` with a blank before it. */
function readUnquoted(reader: Reader): string {
  const end = reader.text.indexOf('\n', reader.position);
  const rest = reader.text.slice(reader.position, end === -1 ? undefined : end);
  reader.position += rest.length;
  const comment = rest.indexOf(' #');
  return (comment === -1 ? rest : rest.slice(0, comment)).trimEnd();
}

/** Only the quote itself is unescaped here; every other backslash stays. */
function readQuoted(reader: Reader, key: string, quote: string): string {
  const startLine = reader.line;
  const { text } = reader;
  let value = '';
  for (let i = reader.position + 1; i < text.length; i++) {
    const character = text[i];
    if (character === quote) {
      reader.position = i + 1;
      return value;
    }
    if (character === '\n') reader.line++;
    const next = text[i + 1];
    if (character === '\\' && next !== undefined) {
      if (next === '\n') reader.line++;
      value += next === quote ? quote : character + next;
      i++;
      continue;
    }
    value += character;
  }
  throw new EnvFileProblem(startLine, `the value of "${key}" begins with ${quote} that is never closed`);
}

function read(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.position;
  const text = pattern.exec(reader.text)?.[0] ?? '';
  reader.position += text.length;
  return text;
}
