// What a group has measured so far, and the shape in which it is kept: cases, in each of them who did it.
import { spreadOf } from './spread.mjs';

/**
 * @typedef {{who: string, how?: string}} Doer `how`: which way of several, as `8 at once`
 * @typedef {Record<string, number>} Measures names have their unit: wallMs, peakRssMiB, cpuPercent, sentBytes
 * @typedef {{who: string, how?: string, samples: number, measures: Record<string, import('./spread.mjs').Spread>}} Result
 * @typedef {{name: string, results: Result[]}} Case
 */

export class Tally {
  /** @type {Map<string, Map<string, {who: string, how?: string, samples: Measures[]}>>} */
  #cases = new Map();

  /**
   * Cases, and who did them, come out in the order in which they first came in. What could not be measured is left out
   * of `measures`, or undefined.
   * @param {string} name of the case
   * @param {Doer} doer
   * @param {Measures} measures of one run
   */
  add(name, { who, how }, measures) {
    const doers = this.#cases.get(name) ?? new Map();
    this.#cases.set(name, doers);
    const key = JSON.stringify([who, how]);
    const found = doers.get(key) ?? { who, ...(how === undefined ? {} : { how }), samples: [] };
    doers.set(key, found);
    found.samples.push(measures);
  }

  /** @returns {Case[]} */
  cases() {
    return [...this.#cases].map(([name, doers]) => ({ name, results: [...doers.values()].map(resultOf) }));
  }
}

function resultOf({ samples, ...doer }) {
  const measures = {};
  let most = 0;
  for (const name of new Set(samples.flatMap((one) => Object.keys(one)))) {
    const values = samples.flatMap(({ [name]: value }) => (value === undefined ? [] : [value]));
    if (values.length > 0) measures[name] = spreadOf(values);
    most = Math.max(most, values.length);
  }
  return { ...doer, samples: most, measures };
}
