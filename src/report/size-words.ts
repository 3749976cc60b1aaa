const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A size in units of 1000 with three digits, as docker tells it: `2.31MB`. */
export function decimalSize(bytes: number): string {
  return inUnits(bytes, 1000, decimalUnits, 3);
}

/** A size in units of 1024 with four digits: `23.54GiB`. */
export function binarySize(bytes: number): string {
  return inUnits(bytes, 1024, binaryUnits, 4);
}

function inUnits(bytes: number, base: number, units: readonly string[], digits: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit += 1;
  }
  return `${Number(value.toPrecision(digits))}${units[unit]}`;
}
