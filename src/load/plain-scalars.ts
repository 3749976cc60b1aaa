import type { TreeScalar } from './tree-node.js';

/**
 * What an unquoted YAML scalar means. These are the measured rules of the Compose world, a mixture of YAML 1.1 and
 * 1.2: `yes` and `on` are text, `0755` and `0o755` are octal, `1_000` is a number, `22:22` is text.
 */
export function resolvePlainScalar(source: string): { value: TreeScalar; isTimestamp?: true } {
  const first = source.charCodeAt(0);
  if (Number.isNaN(first)) return { value: null };
  if (mayBeNumber(first)) {
    const number = parseNumber(source);
    if (number !== undefined) return { value: number };
    return timestamp.test(source) ? { value: source, isTimestamp: true } : { value: source };
  }
  const word = words.get(source);
  return { value: word === undefined ? source : word };
}

const words = new Map<string, TreeScalar>([
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);

const timestamp =
  /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$/;

/** Digits, signs and the point: nothing else begins a number. */
function mayBeNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e;
}

function parseNumber(source: string): number | bigint | undefined {
  const plain = source.includes('_') ? source.replaceAll('_', '') : source;
  return parseInteger(plain) ?? parseFloatingPoint(plain);
}

const decimalInteger = /^[-+]?(?:0|[1-9]\d*)$/;
const prefixedInteger = /^([-+]?)0(?:x([\da-fA-F]+)|b([01]+)|o?([0-7]+))$/;

function parseInteger(text: string): number | bigint | undefined {
  if (decimalInteger.test(text)) {
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : bigInteger(text);
  }
  const match = prefixedInteger.exec(text);
  if (match === null) return undefined;
  const [, sign, hex, binary, octal] = match;
  const digits = hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : `0o${octal}`;
  const value = Number(digits);
  return sign === '-' ? -value : value;
}

/** Whole numbers of 64 bits are kept exactly; longer ones become floating point, as everywhere else. */
function bigInteger(text: string): number | bigint {
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value < -(2n ** 63n) || value >= 2n ** 64n ? Number(text) : value;
}

const decimalFraction = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const infinity = /^([-+]?)\.(?:inf|Inf|INF)$/;
const notANumber = /^\.(?:nan|NaN|NAN)$/;

function parseFloatingPoint(text: string): number | undefined {
  if (decimalFraction.test(text)) return Number(text);
  const match = infinity.exec(text);
  if (match !== null) return match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return notANumber.test(text) ? Number.NaN : undefined;
}
