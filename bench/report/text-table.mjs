// What a group has found, for the eye, in a terminal.
import { names } from '../names.mjs';
import { shortNumber, withUnit } from './numbers.mjs';

/** Those to whom the others of a case are compared: the first that is there. */
const references = [names.dockerCompose, names.buildx];

/** @param {import('../measure/tally.mjs').Case[]} cases */
export function textTable(cases) {
  const rows = cases.flatMap(({ name, results }) => {
    const reference = references.map((who) => results.find((result) => result.who === who)).find(Boolean);
    return results.map((result) => rowOf(name, result, reference));
  });
  return table([['what', 'who', 'median ms', 'min', 'p95', 'max', 'ratio', 'else'], ...rows]);
}

function rowOf(name, { who, how, measures }, reference) {
  const { wallMs, ...others } = measures;
  const times = [wallMs?.median, wallMs?.min, wallMs?.p95, wallMs?.max].map((ms) =>
    ms === undefined ? '' : shortNumber(ms),
  );
  const ms = reference?.measures.wallMs?.median;
  const ratio = ms === undefined || wallMs === undefined ? '' : (wallMs.median / ms).toFixed(2);
  const rest = Object.entries(others).map(([measure, spread]) => otherOf(measure, spread));
  return [name, how === undefined ? who : `${who}, ${how}`, ...times, ratio, rest.join(', ')];
}

function otherOf(measure, { median, max }) {
  if (measure === 'peakRssMiB') return `peak ${withUnit(max, measure)}`;
  return `${measure} ${withUnit(median, measure)}`;
}

/** The first two columns and the last to the left, the others to the right. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const isText = (column) => column < 2 || column === widths.length - 1;
  const pad = (cell, column) =>
    isText(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
