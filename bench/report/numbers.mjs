// Numbers with their units, for the eye.

const units = [
  [/Ms$/, 'ms', 1],
  [/MiB$/, 'MiB', 1],
  [/Percent$/, '%', 1],
  [/Bytes$/, 'KiB', 1 / 1024],
];

/** `12.3 ms`, by the unit in the name of the measure. */
export function withUnit(value, measure) {
  if (value === undefined) return '–';
  const [, unit, factor] = units.find(([pattern]) => pattern.test(measure)) ?? [undefined, '', 1];
  return `${shortNumber(value * factor)}${unit === '' ? '' : ` ${unit}`}`;
}

/** Three digits that count, and all of those before the point: `0.12`, `12.3`, `1234`. */
export function shortNumber(value) {
  if (Number.isInteger(value)) return String(value);
  const magnitude = Math.abs(value);
  return value.toFixed(magnitude < 10 ? 2 : magnitude < 100 ? 1 : 0);
}
