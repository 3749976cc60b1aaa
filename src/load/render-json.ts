import { notInJson, type WireMap, WireStruct, type WireValue } from './wire/wire-value.js';

export interface JsonStyle {
  /** Text to put in front of each level; empty: everything on one line. */
  readonly indent: string;
  /** `go` also escapes `<`, `>`, `&` and the line separators, as Go's encoder does. */
  readonly escapes: 'json' | 'go';
}

/** A wire value as JSON, with the fields that only JSON has and without `x-…` keys of objects. */
export function renderJson(value: WireValue, style: JsonStyle): string {
  return write(value, style, '\n');
}

function write(value: WireValue, style: JsonStyle, newline: string): string {
  if (typeof value === 'string') return quote(value, style);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : 'null';
  if (value === null || typeof value === 'boolean') return String(value);
  const inner = style.indent === '' ? '' : newline + style.indent;
  const below = style.indent === '' ? newline : newline + style.indent;
  const outer = style.indent === '' ? '' : newline;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[${value.map((item) => inner + write(item, style, below)).join(',')}${outer}]`;
  }
  const entries = value instanceof WireStruct ? structEntries(value) : [...(value as WireMap)];
  if (entries.length === 0) return '{}';
  const colon = style.indent === '' ? ':' : ': ';
  const members = entries.map(([key, item]) => inner + quote(key, style) + colon + write(item, style, below));
  return `{${members.join(',')}${outer}}`;
}

/** Fields in their order, with the defaults of JSON at their places. */
function structEntries(struct: WireStruct): [string, WireValue][] {
  const entries: [string, WireValue][] = [];
  for (const name of struct.order) {
    const value = struct.fields.get(name) ?? struct.jsonDefaults.get(name);
    const jsonName = struct.jsonNames.get(name) ?? name;
    if (value !== undefined && jsonName !== notInJson) entries.push([jsonName, value]);
  }
  return entries;
}

function quote(text: string, style: JsonStyle): string {
  const quoted = JSON.stringify(text);
  return style.escapes === 'json' ? quoted : quoted.replace(goEscaped, goEscape);
}

// Besides what HTML gives a meaning: JSON.stringify writes \b and \f, which Go writes as \u0008 and \u000c.
const goEscaped = /[<>&\u2028\u2029]|\\[bf]|\\\\/g;

function goEscape(found: string): string {
  if (found === '\\\\') return found;
  if (found === '\\b') return '\\u0008';
  if (found === '\\f') return '\\u000c';
  return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
