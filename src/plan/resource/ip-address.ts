/** An address or a subnet as numbers, so that equal meanings are equal whatever their spelling. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly bits: bigint;
  /** Length of the network part; undefined for a single address. */
  readonly prefix: number | undefined;
}

/** `10.0.0.1`, `10.0.0.0/8`, `fd00::1`, `fd00::/64`, `::ffff:10.0.0.1`; undefined for anything else. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const [address = '', prefixText, ...rest] = text.trim().split('/');
  if (rest.length > 0) return undefined;
  const family = address.includes(':') ? 6 : 4;
  const bits = family === 4 ? bitsOfIpv4(address) : bitsOfIpv6(address);
  const prefix = prefixText === undefined ? undefined : parseNumber(prefixText, family === 4 ? 32 : 128);
  if (bits === undefined || (prefixText !== undefined && prefix === undefined)) return undefined;
  return { family, bits, prefix };
}

/** The same address; a prefix behind one of them does not count. Texts that are no addresses are compared as they are. */
export function isSameAddress(a: string, b: string): boolean {
  const [left, right] = [parseIpAddress(a), parseIpAddress(b)];
  if (left === undefined || right === undefined) return a === b;
  return left.family === right.family && left.bits === right.bits;
}

/** The same network, whichever of its addresses it is named by: `10.0.0.5/24` is `10.0.0.0/24`. */
export function isSameSubnet(a: string, b: string): boolean {
  const [left, right] = [parseIpAddress(a), parseIpAddress(b)];
  if (left === undefined || right === undefined) return a === b;
  return (
    left.family === right.family && left.prefix === right.prefix && maskedBits(left) === maskedBits(right)
  );
}

function maskedBits({ family, bits, prefix }: IpAddress): bigint {
  const length = family === 4 ? 32 : 128;
  const hostLength = BigInt(length - (prefix ?? length));
  return (bits >> hostLength) << hostLength;
}

function bitsOfIpv4(text: string): bigint | undefined {
  const parts = text.split('.').map((part) => parseNumber(part, 255));
  if (parts.length !== 4) return undefined;
  return joined(parts, 8n);
}

function bitsOfIpv6(text: string): bigint | undefined {
  const halves = ipv4TailAsGroups(text)?.split('::');
  if (halves === undefined || halves.length > 2) return undefined;
  const [front = [], back = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - front.length - back.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...front, ...Array<string>(missing).fill('0'), ...back];
  return joined(
    groups.map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : undefined)),
    16n,
  );
}

/** `::ffff:10.0.0.1` → `::ffff:a00:1`. */
function ipv4TailAsGroups(text: string): string | undefined {
  const last = text.slice(text.lastIndexOf(':') + 1);
  if (!last.includes('.')) return text;
  const bits = bitsOfIpv4(last);
  if (bits === undefined) return undefined;
  return `${text.slice(0, -last.length)}${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
}

function joined(parts: readonly (number | undefined)[], width: bigint): bigint | undefined {
  let bits = 0n;
  for (const part of parts) {
    if (part === undefined) return undefined;
    bits = (bits << width) | BigInt(part);
  }
  return bits;
}

function parseNumber(text: string, most: number): number | undefined {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : undefined;
}
