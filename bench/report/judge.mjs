// What a row of the table comes to: numbers out of the results, and whether its goal is met.

/**
 * @typedef {import('../goals.mjs').Row} Row
 * @typedef {import('../measure/tally.mjs').Case} Case
 */

/** The reason where nobody can meet a goal. */
const unreachable =
  'nobody can: the least possible, measured in the same run, is already more than the goal allows';

/**
 * `value` is what the goal speaks of: the ratio to another, what it takes beyond another, or the number itself; undefined
 * where one of the two was not measured.
 * @param {Row} row
 * @param {Case} found
 * @returns {{own: number | undefined, other: number | undefined, floor: number | undefined, value: number | undefined,
 *   isMet: boolean | undefined, whyNot: string | undefined}} `whyNot` only of a goal that is not met
 */
export function judged(row, found) {
  const own = numberOf(row.who, row, found);
  const other = numberOf(row.to ?? row.beyond, row, found);
  const floor = row.floor === undefined ? undefined : numberOf(row.floor, row, found);
  const value = comparedValue(row, own, other);
  const isMet = meets(row, value);
  const isReachable = meets(row, comparedValue(row, floor, other)) !== false;
  const whyNot = isMet === false ? (isReachable ? row.reason : unreachable) : undefined;
  return { own, other, floor, value, isMet, whyNot };
}

function meets({ atMost }, value) {
  return value === undefined || atMost === undefined ? undefined : value <= atMost;
}

function comparedValue({ to, beyond }, own, other) {
  if (to === undefined && beyond === undefined) return own;
  if (own === undefined || other === undefined) return undefined;
  return to === undefined ? own - other : own / other;
}

/** One who did it in several ways counts with the best of them. */
function numberOf(who, { measure, statistic }, { results }) {
  const own = results
    .filter((result) => result.who === who)
    .map(({ measures }) => measures[measure]?.[statistic]);
  const numbers = own.filter((value) => value !== undefined);
  return numbers.length === 0 ? undefined : Math.min(...numbers);
}
