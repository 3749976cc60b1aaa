// What many measurements of the same thing come to.

/** @typedef {{median: number, min: number, p95: number, max: number}} Spread */

/**
 * @param {readonly number[]} values at least one
 * @returns {Spread} to a thousandth: what is finer is chance
 */
export function spreadOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const p95 = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)];
  return {
    median: rounded(medianOf(sorted)),
    min: rounded(sorted[0]),
    p95: rounded(p95),
    max: rounded(sorted.at(-1)),
  };
}

function medianOf(sorted) {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function rounded(value) {
  return Math.round(value * 1000) / 1000;
}
