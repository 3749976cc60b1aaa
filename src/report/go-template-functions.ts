/** Arguments as the template gives them; what comes through a pipe is the last one. */
export type TemplateFunction = (...args: readonly unknown[]) => unknown;

/** Functions that `docker` and Go give to templates: those that people use. */
export const templateFunctions: Readonly<Record<string, TemplateFunction>> = {
  json: (value) => JSON.stringify(value),
  upper: (text) => show(text).toUpperCase(),
  lower: (text) => show(text).toLowerCase(),
  title: (text) => show(text).replace(/(?<!\w)\w/g, (letter) => letter.toUpperCase()),
  split: (text, separator) => show(text).split(show(separator)),
  join: (list, separator) => (Array.isArray(list) ? list.map(show).join(show(separator)) : show(list)),
  truncate: (text, length) => show(text).slice(0, Number(length)),
  pad: (text, before, after) =>
    text === '' ? '' : `${' '.repeat(Number(before))}${show(text)}${' '.repeat(Number(after))}`,
  print: (...args) => args.map(show).join(''),
  println: (...args) => `${args.map(show).join(' ')}\n`,
  printf: (format, ...args) => formatted(show(format), args),
  len: (value) => lengthOf(value),
  index: (value, ...keys) => keys.reduce((inner, key) => entryOf(inner, key), value),
  eq: (first, ...others) => others.some((other) => other === first),
  ne: (first, second) => first !== second,
  lt: (first, second) => compared(first, second) < 0,
  le: (first, second) => compared(first, second) <= 0,
  gt: (first, second) => compared(first, second) > 0,
  ge: (first, second) => compared(first, second) >= 0,
  and: (...args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1),
  or: (...args) => args.find(isTrue) ?? args.at(-1),
  not: (value) => !isTrue(value),
  slice: (value, from = 0, to) =>
    Array.isArray(value) || typeof value === 'string'
      ? value.slice(Number(from), to === undefined ? undefined : Number(to))
      : value,
};

const asItIs: TemplateFunction = (value) => value;

/** For the header of a table: what shapes a value leaves its title alone. */
export const headerFunctions: Readonly<Record<string, TemplateFunction>> = {
  ...templateFunctions,
  json: asItIs,
  upper: asItIs,
  lower: asItIs,
  title: asItIs,
  split: asItIs,
  join: asItIs,
  truncate: asItIs,
  pad: asItIs,
};

/** As Go's `%v`: lists as `[a b]`, maps as `map[k:v]`. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return '<no value>';
  if (Array.isArray(value)) return `[${value.map(show).join(' ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, entry]) => typeof entry !== 'function');
    return `map[${entries.map(([key, entry]) => `${key}:${show(entry)}`).join(' ')}]`;
  }
  return String(value);
}

/** What `if` takes for true: whatever is not empty or zero. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

function formatted(format: string, args: readonly unknown[]): string {
  let next = 0;
  return format.replace(
    /%(-)?(\d+)?(?:\.(\d+))?([vsqdtfx%])/g,
    (whole, left, width, digits, verb: string) => {
      if (verb === '%') return '%';
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const value = args[next++];
      const text = verbText(verb, value, digits as string | undefined) ?? whole;
      const columns = Number(width ?? 0);
      return left === undefined ? text.padStart(columns) : text.padEnd(columns);
    },
  );
}

function verbText(verb: string, value: unknown, digits: string | undefined): string {
  if (verb === 'q') return JSON.stringify(show(value));
  if (verb === 'f') return Number(value).toFixed(digits === undefined ? 6 : Number(digits));
  if (verb === 'x' && typeof value === 'number') return value.toString(16);
  return digits === undefined ? show(value) : show(value).slice(0, Number(digits));
}

function lengthOf(value: unknown): number {
  if (Array.isArray(value) || typeof value === 'string') return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function entryOf(value: unknown, key: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, String(key)) ? Reflect.get(value, String(key)) : undefined;
}

function compared(first: unknown, second: unknown): number {
  if (typeof first === 'number' && typeof second === 'number') return first - second;
  return show(first) < show(second) ? -1 : show(first) > show(second) ? 1 : 0;
}
