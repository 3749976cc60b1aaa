/** Nanoseconds of each unit of a duration. */
const nanoseconds: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
};

const durationPart = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w)/gy;

/** Nanoseconds of a duration such as `1m30s` or `1.5h`; undefined when it is none. */
export function parseDuration(text: string): bigint | undefined {
  const sign = text.startsWith('-') ? -1n : 1n;
  const body = /^[-+]/.test(text) ? text.slice(1) : text;
  if (body === '0') return 0n;
  if (body === '') return undefined;
  let total = 0n;
  durationPart.lastIndex = 0;
  let end = 0;
  for (let match = durationPart.exec(body); match !== null; match = durationPart.exec(body)) {
    total += scaled(match[1] as string, nanoseconds[match[2] as string] as bigint);
    end = durationPart.lastIndex;
    if (end === body.length) break;
  }
  return end === body.length ? sign * total : undefined;
}

function scaled(amount: string, unit: bigint): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  const wholePart = BigInt(whole === '' ? '0' : whole) * unit;
  const digits = fraction.slice(0, 18);
  return digits === '' ? wholePart : wholePart + (BigInt(digits) * unit) / 10n ** BigInt(digits.length);
}

/** A duration as Go prints it: `1m30s`, `24h0m0s`, `1.5s`, `100µs`. */
export function formatDuration(duration: bigint): string {
  if (duration === 0n) return '0s';
  const sign = duration < 0n ? '-' : '';
  const size = duration < 0n ? -duration : duration;
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 1000n)}µs`;
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 1_000_000n)}ms`;
  const minutes = size / 60_000_000_000n;
  const seconds = decimal(size % 60_000_000_000n, 1_000_000_000n);
  if (minutes === 0n) return `${sign}${seconds}s`;
  if (minutes < 60n) return `${sign}${minutes}m${seconds}s`;
  return `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}s`;
}

function decimal(value: bigint, unit: bigint): string {
  const fraction = (value % unit)
    .toString()
    .padStart(unit.toString().length - 1, '0')
    .replace(/0+$/, '');
  return fraction === '' ? `${value / unit}` : `${value / unit}.${fraction}`;
}

const size = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i;
const powers = ['', 'k', 'm', 'g', 't', 'p'];

/** Bytes of a size such as `1.5gb`; units are powers of 1024; -1 stands for no limit; undefined when it is none. */
export function parseByteSize(text: string): bigint | undefined {
  if (text === '-1') return -1n;
  const match = size.exec(text.trim());
  if (match === null) return undefined;
  const [, amount = '', unit = ''] = match;
  const factor = 1024n ** BigInt(powers.indexOf(unit.toLowerCase()));
  if (!amount.includes('.')) return BigInt(amount) * factor;
  return BigInt(Math.trunc(Number(amount) * Number(factor)));
}
