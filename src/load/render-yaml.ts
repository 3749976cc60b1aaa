import { naturalOrder } from '../model/order.js';
import { formatGoNumber } from './go-format.js';
import { resolvePlainScalar } from './plain-scalars.js';
import { type WireMap, WireStruct, type WireValue } from './wire/wire-value.js';

/** A wire value as block YAML with an indentation of two, laid out as docker compose does. */
export function renderYaml(value: WireValue): string {
  const lines: string[] = [];
  writeBlock(value, 0, lines);
  return `${lines.join('\n')}\n`;
}

/** Keys and items below a column. */
function writeBlock(value: WireValue, column: number, lines: string[]): void {
  const margin = ' '.repeat(column);
  if (Array.isArray(value)) {
    for (const item of value) writeItem(item, column, lines);
    return;
  }
  const entries = entriesOf(value);
  if (entries === undefined) {
    lines.push(margin + scalar(value, column));
    return;
  }
  for (const [key, item] of entries) writeEntry(`${margin}${keyText(key)}:`, item, column, lines);
}

function writeEntry(start: string, item: WireValue, column: number, lines: string[]): void {
  if (isEmptyCollection(item)) lines.push(`${start} ${Array.isArray(item) ? '[]' : '{}'}`);
  else if (isCollection(item)) {
    lines.push(start);
    writeBlock(item, column + 2, lines);
  } else lines.push(`${start} ${scalar(item, column + 2)}`);
}

function writeItem(item: WireValue, column: number, lines: string[]): void {
  const margin = ' '.repeat(column);
  if (isEmptyCollection(item)) lines.push(`${margin}- ${Array.isArray(item) ? '[]' : '{}'}`);
  else if (isCollection(item)) {
    const inner: string[] = [];
    writeBlock(item, column + 2, inner);
    // The first line of the item stands behind the dash.
    lines.push(`${margin}- ${(inner[0] ?? '').trimStart()}`, ...inner.slice(1));
  } else lines.push(`${margin}- ${scalar(item, column + 2)}`);
}

function isCollection(value: WireValue): boolean {
  return value !== null && typeof value === 'object';
}

function isEmptyCollection(value: WireValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return entriesOf(value)?.length === 0;
}

function entriesOf(value: WireValue): [string, WireValue][] | undefined {
  if (value instanceof WireStruct) {
    const known: [string, WireValue][] = [];
    for (const name of value.order) {
      const field = value.fields.get(name);
      if (field !== undefined) known.push([name, field]);
    }
    return [...known, ...value.extensions];
  }
  return value instanceof Map ? [...(value as WireMap)].sort(([a], [b]) => naturalOrder(a, b)) : undefined;
}

function keyText(key: string): string {
  return key.includes('\n') ? doubleQuoted(key) : inline(key);
}

/** A scalar behind its key; `column` is where further lines of it begin. */
function scalar(value: WireValue, column: number): string {
  if (typeof value === 'string') return value.includes('\n') ? multiLine(value, column) : inline(value);
  if (typeof value === 'number' || typeof value === 'bigint') return yamlNumber(value);
  return String(value);
}

function yamlNumber(value: number | bigint): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  }
  return formatGoNumber(value);
}

/** Whether a text has control characters (but tab and line feed), or what is not text at all. */
function isUnprintable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if ((text.codePointAt(at) ?? 0) > 0xffff) at++;
    else if (isUnprintableCode(text.charCodeAt(at))) return true;
  }
  return false;
}

function isUnprintableCode(code: number): boolean {
  if (code < 0x20) return code !== 0x09 && code !== 0x0a;
  return (
    (code >= 0x7f && code <= 0x9f) ||
    isTurning(code) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfeff ||
    code >= 0xfffe
  );
}

/** Ends a line without looking like it, or turns the direction of a text round: YAML that people read spells it out. */
function isTurning(code: number): boolean {
  return (
    [0x2028, 0x2029].includes(code) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

/** Several lines stand as a literal block, unless something in them cannot. */
function multiLine(text: string, column: number): string {
  if (isUnprintable(text) || /[ \t]\n|[ \t]$/.test(text) || text.trim() === '') return doubleQuoted(text);
  const chomping = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  const indentation = /^[ \n\t]/.test(text) ? '2' : '';
  const body = (text.endsWith('\n') ? text.slice(0, -1) : text)
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(column) + line));
  return `|${indentation}${chomping}\n${body.join('\n')}`;
}

// Words that YAML 1.1 reads as booleans, and numbers to base 60.
const oldWords = /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/;
const baseSixty = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

function inline(text: string): string {
  if (isUnprintable(text)) return doubleQuoted(text);
  const resolved = resolvePlainScalar(text);
  const isText = typeof resolved.value === 'string' && !resolved.isTimestamp && text !== '<<' && text !== '=';
  if (!isText || oldWords.test(text) || baseSixty.test(text)) return doubleQuoted(text);
  return needsQuotes(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

/** Whether a text means something else without quotes. */
function needsQuotes(text: string): boolean {
  return (
    text !== text.trim() ||
    /^[-?:](?:\s|$)/.test(text) ||
    /^[,[\]{}#&*!|>'"%@`]/.test(text) ||
    /:(?:\s|$)|\s#/.test(text) ||
    /^(?:---|\.\.\.)/.test(text) ||
    text.includes('\t')
  );
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\u0000': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\u000b': '\\v',
  '\f': '\\f',
  '\u001b': '\\e',
  '\ufeff': '\\uFEFF',
};

function doubleQuoted(text: string): string {
  let body = '';
  for (const char of text) {
    const code = char.length > 1 ? 0x20 : char.charCodeAt(0);
    const short = shortEscapes[char];
    if (short !== undefined) body += short;
    else if (isUnprintableCode(code)) body += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    else body += char;
  }
  return `"${body}"`;
}
