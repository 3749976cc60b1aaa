import type { CodeEntry, CodeProblem, CodeScalar, CodeSpan, CodeValue } from '../../../model/compose-code.js';
import { formatValuePath } from '../../../model/span.js';
import { type FollowImport, findLiteral } from './find-literal.js';
import { findEntry, findItem, insideOf, isArray, isObject, type Origin, placeOf } from './find-parts.js';
import { foreignWords } from './foreign-words.js';

/** More than any real project needs; an object that stands in many places counts in each. */
const mostValues = 250_000;

/**
 * Turns what code gave into a value with places. What no file could say (functions, dates, what contains itself) is a
 * problem, and so are values that grow without end.
 */
export class ValueReader {
  readonly problems: CodeProblem[] = [];
  readonly #follow: FollowImport;
  readonly #path: (string | number)[] = [];
  readonly #open = new Set<object>();
  #count = 0;

  constructor(follow: FollowImport) {
    this.#follow = follow;
  }

  read(value: unknown, origin: Origin): CodeValue {
    this.#count++;
    const literal = origin.kind === 'written' ? findLiteral(origin.written, value, this.#follow) : undefined;
    const known: Origin = literal === undefined ? origin : { kind: 'written', written: literal };
    const at = placeOf(known);
    if (this.#count > mostValues) return this.#tooLarge(at);
    if (isScalar(value)) return { kind: 'scalar', value, at };
    if (typeof value !== 'object') return this.#foreign(value, at);
    if (this.#open.has(value)) return this.#refuse(at, 'contains itself', undefined);
    this.#open.add(value);
    const read = Array.isArray(value)
      ? this.#readList(value, known, at)
      : isPlain(value)
        ? this.#readMap(value, known, at)
        : this.#foreign(value, at);
    this.#open.delete(value);
    return read;
  }

  #readList(list: readonly unknown[], known: Origin, at: CodeSpan): CodeValue {
    const array = known.kind === 'written' && isArray(known.written) ? known.written : undefined;
    // Holes are read as well.
    const items = Array.from(list, (item, index) => {
      const origin = array === undefined ? insideOf(at) : findItem(array, index, list.length);
      return this.#below(index, item, origin);
    });
    return { kind: 'list', items, at };
  }

  #readMap(map: object, known: Origin, at: CodeSpan): CodeValue {
    const object = known.kind === 'written' && isObject(known.written) ? known.written : undefined;
    const entries: CodeEntry[] = [];
    for (const [key, value] of Object.entries(map)) {
      if (value === undefined) continue;
      const inside = { keyAt: { ...at, isInside: true } as const, origin: insideOf(at) };
      const { keyAt, origin } = object === undefined ? inside : findEntry(object, key, this.#follow);
      entries.push({ key, keyAt, value: this.#below(key, value, origin) });
    }
    return { kind: 'map', entries, at };
  }

  #below(step: string | number, value: unknown, origin: Origin): CodeValue {
    this.#path.push(step);
    const read = this.read(value, origin);
    this.#path.pop();
    return read;
  }

  #foreign(value: unknown, at: CodeSpan): CodeValue {
    const { what, hint } = foreignWords(value);
    return this.#refuse(at, `is ${what}`, hint);
  }

  #refuse(at: CodeSpan, what: string, hint: string | undefined): CodeValue {
    const path = [...this.#path];
    const message = `${path.length === 0 ? 'the definition' : formatValuePath(path)} ${what}`;
    this.problems.push({ kind: 'value', message, at, path, ...(hint === undefined ? {} : { hint }) });
    return { kind: 'scalar', value: null, at };
  }

  #tooLarge(at: CodeSpan): CodeValue {
    if (this.#count === mostValues + 1)
      this.problems.push({ kind: 'size', message: `the definition has more than ${mostValues} values`, at });
    return { kind: 'scalar', value: null, at };
  }
}

function isScalar(value: unknown): value is CodeScalar {
  if (typeof value === 'number') return Number.isFinite(value);
  return (
    value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint'
  );
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
