import { posix } from 'node:path';

/** One line of ignore rules, ready to be asked. */
export interface IgnorePattern {
  /** `!`: what it matches is kept after all. */
  readonly isException: boolean;
  /** Of a path below the context, and of this one alone: whoever asks remembers what holds for the directories above. */
  matches(path: string): boolean;
  /** Whether something below a directory may match, though the directory does not. */
  mayMatchBelow(directory: string): boolean;
}

/** A line that is no pattern; the message says why. */
export class IgnorePatternError extends Error {}

/**
 * Reads a line that is neither empty nor a comment. The rules are those of Docker's own matcher: `*` and `?` stop at a
 * slash, `**` does not, `[…]` is a class, `\` takes the meaning of the next character away. Throws IgnorePatternError.
 */
export function parseIgnorePattern(line: string): IgnorePattern {
  const isException = line.startsWith('!');
  const text = isException ? line.slice(1).trim() : line;
  const cleaned = withoutRoot(cleanPath(text));
  if (isException && (text === '' || cleaned === '/'))
    throw new IgnorePatternError('there is nothing behind the "!"');
  const expression = expressionOf(cleaned);
  const components = cleaned.split('/');
  return {
    isException,
    matches: expression === undefined ? (path) => path === cleaned : (path) => expression.test(path),
    mayMatchBelow: (directory) => mayMatchBelow(components, directory.split('/')),
  };
}

/** As `path.Clean` of Go: without `.`, `..`, doubled slashes and one at the end. */
function cleanPath(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

function withoutRoot(path: string): string {
  return path.length > 1 && path.startsWith('/') ? path.slice(1) : path;
}

/** undefined: the pattern is plain text. */
function expressionOf(pattern: string): RegExp | undefined {
  if (!/[*?[\]\\]/.test(pattern)) return undefined;
  // Docker compares the rest with the end of the path here, so that `**foo` matches `barfoo` too.
  const [, plainEnd] = /^\*\*([^/*?[\]\\][^*?[\]\\]*)$/.exec(pattern) ?? [];
  const source = plainEnd === undefined ? sourceOf(pattern) : `.*${escaped(plainEnd)}`;
  try {
    return new RegExp(`^(?:${source})$`, 'su');
  } catch {
    throw new IgnorePatternError('a range in […] goes backwards');
  }
}

const tokens = /\*\*\/?|\*|\?|\[|\\|[^*?[\\]+/gsu;

function sourceOf(pattern: string): string {
  let source = '';
  let at = 0;
  while (at < pattern.length) {
    tokens.lastIndex = at;
    const token = tokens.exec(pattern)?.[0] ?? '';
    const isLast = at + token.length === pattern.length;
    const [part, length] = partOf(token, pattern.slice(at), isLast);
    source += part;
    at += length;
  }
  return source;
}

/** A token as a regular expression, and how much of the pattern it takes. */
function partOf(token: string, rest: string, isLast: boolean): readonly [string, number] {
  if (token.startsWith('**')) return [isLast ? '.*' : '(?:.*/)?', token.length];
  if (token === '*') return ['[^/]*', 1];
  if (token === '?') return ['[^/]', 1];
  if (token === '\\') {
    const [next] = rest.slice(1);
    return [behindBackslash(next), 1 + (next ?? '').length];
  }
  if (token === '[') return classOf(rest);
  return [escaped(token), token.length];
}

/** Docker hands a letter behind a backslash on to its regular expressions, where it has a meaning of its own. */
const letterMeanings: ReadonlyMap<string, string> = new Map([
  ...[...'dDsSwWbBfnrtv'].map((letter) => [letter, `\\${letter}`] as const),
  ['a', '\\x07'],
  ['A', '^'],
  ['z', '$'],
]);

function behindBackslash(next: string | undefined): string {
  if (next === undefined) throw new IgnorePatternError('there is nothing behind the "\\"');
  if (!/[a-zA-Z0-9]/.test(next)) return escaped(next);
  const meaning = letterMeanings.get(next);
  if (meaning === undefined) throw new IgnorePatternError(`"\\${next}" has no meaning`);
  return meaning;
}

const classBounds = /^\[(\^?)((?:(?:\\.|[^\]\\-])(?:-(?:\\.|[^\]\\-]))?)+)\]/su;

function classOf(rest: string): readonly [string, number] {
  const [whole, negation = '', members = ''] = classBounds.exec(rest) ?? [];
  if (whole === undefined) throw new IgnorePatternError('a "[" begins a class that is empty or does not end');
  const source = members.replace(/\\(.)|([[^&~])/gsu, (_, behind?: string, plain?: string) =>
    escapedMember(behind ?? plain ?? ''),
  );
  return [`[${negation}${source}]`, whole.length];
}

function escapedMember(character: string): string {
  return /[\\\]^[-]/.test(character) ? `\\${character}` : character;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Goes down both, component by component, as far as the pattern says something about a single one. */
function mayMatchBelow(pattern: readonly string[], directory: readonly string[]): boolean {
  for (const [index, name] of directory.entries()) {
    const component = pattern[index];
    if (component === undefined) return false;
    // Classes and escapes may hold a slash, so that components tell nothing.
    if (/\*\*|[[\\]/.test(component)) return true;
    const expression = expressionOf(component);
    if (expression === undefined ? component !== name : !expression.test(name)) return false;
  }
  return pattern.length > directory.length;
}
