import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodeProblem, CodeSpan } from '../../../model/compose-code.js';
import { findImport, findSyntaxError, findUnsupported } from './find-fault.js';

/** Frames of the stack that are shown behind the place itself. */
const mostFrames = 5;

/** Why a module could not be run, with the place in the files of this project where that shows. */
export function explainFailure(
  error: unknown,
  path: string,
  texts: ReadonlyMap<string, string>,
): CodeProblem {
  const { name = '', message = String(error), code } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const syntax = isSyntax(name, code, message) ? findSyntaxError(texts) : undefined;
  if (syntax !== undefined) return { kind: 'run', ...syntax };
  const missing = /^Cannot find (package|module) '(.+)' imported from (.+)$/m.exec(message);
  if (missing !== null) return notFound(missing, texts);
  const unnamed = /requested module '(.+)' (?:does not provide|is a CommonJS)/.exec(message)?.[1];
  const at = unnamed === undefined ? undefined : findImport(texts, (specifier) => specifier === unnamed);
  if (at !== undefined) return { kind: 'run', message, at };
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') return unsupported(message, texts);
  return thrown(error, path, texts);
}

function isSyntax(name: string, code: string | undefined, message: string): boolean {
  return (
    name === 'SyntaxError' || code === 'ERR_INVALID_TYPESCRIPT_SYNTAX' || /^Error transforming/.test(message)
  );
}

function notFound(
  [, what, named = '', from = '']: RegExpExecArray,
  texts: ReadonlyMap<string, string>,
): CodeProblem {
  const importer = from.startsWith('file:') ? fileURLToPath(from) : from;
  const isIt = (specifier: string, file: string) =>
    file === importer &&
    (what === 'package'
      ? specifier === named || specifier.startsWith(`${named}/`)
      : resolve(dirname(file), specifier) === named);
  const at = findImport(texts, isIt);
  const hint =
    what === 'package' ? `install it: npm install --save-dev ${named}` : 'look at how it is written';
  return {
    kind: 'run',
    message: what === 'package' ? `there is no package "${named}"` : `there is no file ${named}`,
    ...(at === undefined ? {} : { at }),
    hint,
  };
}

function unsupported(message: string, texts: ReadonlyMap<string, string>): CodeProblem {
  const at = findUnsupported(texts);
  const hint = 'Node takes types away and makes no code of them: write a constant object instead of an enum';
  return { kind: 'run', message, ...(at === undefined ? {} : { at }), hint };
}

function thrown(error: unknown, path: string, texts: ReadonlyMap<string, string>): CodeProblem {
  const isError = error instanceof Error;
  const words = isError ? `${error.name}: ${error.message}` : String(error);
  const frames = isError ? framesOf(error.stack ?? '', texts) : [];
  const [first, ...others] = frames;
  const evidence = others
    .slice(0, mostFrames)
    .map(({ name, file, position }) => `at ${name}${relative(dirname(path), file)}:${position}`);
  return {
    kind: 'run',
    message: `the code throws ${words}`,
    ...(first === undefined ? {} : { at: first.at }),
    ...(evidence.length === 0 ? {} : { evidence }),
  };
}

interface Frame {
  readonly name: string;
  readonly file: string;
  /** `line:column`. */
  readonly position: string;
  readonly at: CodeSpan;
}

/** The frames that are in files of this project. */
function framesOf(stack: string, texts: ReadonlyMap<string, string>): Frame[] {
  const frames: Frame[] = [];
  for (const line of stack.split('\n')) {
    const match = /^ *at (?:(.+?) \()?(?:async )?(.+?):(\d+):(\d+)\)?$/.exec(line);
    if (match === null) continue;
    const [, name, place = '', row = '', column = ''] = match;
    const file = place.startsWith('file:') ? fileURLToPath(place) : place;
    const text = texts.get(file);
    if (text === undefined) continue;
    const at = spanAt(file, text, Number(row), Number(column));
    frames.push({
      name: name === undefined || name === '<anonymous>' ? '' : `${name} in `,
      file,
      position: `${row}:${column}`,
      at,
    });
  }
  return frames;
}

/** What stands at a line and column, both from 1: a word, or one character. */
function spanAt(file: string, text: string, line: number, column: number): CodeSpan {
  const before = text.split('\n').slice(0, line - 1);
  const start = before.reduce((length, each) => length + each.length + 1, column - 1);
  const word = /^(?:new )?[\w$.]+/.exec(text.slice(start, start + 200))?.[0] ?? ' ';
  return { file, start, end: start + word.length };
}
