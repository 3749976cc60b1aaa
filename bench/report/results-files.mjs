// The results as files: bench/results/GROUP.json, in one shape for all groups (see bench/README.md).
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rows } from '../goals.mjs';
import { judged } from './judge.mjs';

/**
 * @typedef {{group: string, measuredAt: string, on: object, versions: Record<string, string>,
 *   cases: import('../measure/tally.mjs').Case[]}} GroupResults
 */

/** BENCH_RESULTS names another folder: a trial leaves those of the docs alone. */
export const resultsFolder = process.env.BENCH_RESULTS || join(import.meta.dirname, '../results');

/** @returns {Map<string, GroupResults>} by group */
export function readResults(folder = resultsFolder) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const all = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  return new Map(all.map((results) => [results.group, results]));
}

/**
 * With each case go its goals, and whether they are met.
 * @param {GroupResults} results
 */
export function writeResults(results, folder = resultsFolder) {
  mkdirSync(folder, { recursive: true });
  const cases = results.cases.map(({ name, results: found }) => {
    const goals = goalsOf(results.group, { name, results: found });
    return { name, ...(goals.length > 0 && { goals }), results: found };
  });
  const text = JSON.stringify({ schema: 1, ...results, cases }, undefined, 2);
  writeFileSync(join(folder, `${results.group}.json`), `${text}\n`);
}

/** The goals of a case, and what they come to: the ratio, or the number, to a thousandth. */
export function goalsOf(group, found) {
  const ofCase = rows.filter(
    (row) => row.group === group && row.case === found.name && row.atMost !== undefined,
  );
  return ofCase.map((row) => {
    const { value, isMet } = judged(row, found);
    const { who, measure, statistic, to, beyond, atMost, issue } = row;
    const rounded = value === undefined ? undefined : Math.round(value * 1000) / 1000;
    return { who, measure, statistic, to, beyond, atMost, issue, value: rounded, isMet };
  });
}
