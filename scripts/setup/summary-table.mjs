import { formatDuration, green, red } from './say.mjs';

/**
 * @typedef {{name: string, outcome: 'passed' | 'failed', count: string, durationMs: number}} Row
 */

/**
 * Rows of a vitest JSON report, one for each room of test/: unit, golden, engine…
 * @param {{testResults: {name: string, status: string, startTime: number, endTime: number,
 *   assertionResults: {status: string}[]}[]}} report times in ms
 * @param {(file: string) => string} toRelative path below test/
 * @returns {Row[]}
 */
export function rowsByRoom(report, toRelative) {
  const rooms = new Map();
  for (const file of report.testResults) {
    const room = toRelative(file.name).split(/[/\\]/)[0].replace('.test.ts', '');
    rooms.set(room, [...(rooms.get(room) ?? []), file]);
  }
  return [...rooms].map(([room, files]) => toRow(room, files)).sort((a, b) => a.name.localeCompare(b.name));
}

function toRow(name, files) {
  const statuses = files.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const countOf = (wanted) => statuses.filter((status) => status === wanted).length;
  const parts = [`${countOf('passed')} passed`];
  if (countOf('failed') > 0) parts.push(`${countOf('failed')} failed`);
  const skipped = statuses.length - countOf('passed') - countOf('failed');
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return {
    name,
    outcome: files.every(({ status }) => status === 'passed') ? 'passed' : 'failed',
    count: parts.join(', '),
    durationMs: files.reduce((total, { startTime, endTime }) => total + Math.max(0, endTime - startTime), 0),
  };
}

/**
 * @param {Row[]} rows
 * @returns {string}
 */
export function summaryTable(rows) {
  const width = (pick) => Math.max(...rows.map((row) => pick(row).length));
  const nameWidth = width(({ name }) => name);
  const countWidth = width(({ count }) => count);
  return rows
    .map(({ name, outcome, count, durationMs }) => {
      const sign = outcome === 'passed' ? green('✓') : red('✗');
      const time = formatDuration(durationMs).padStart(12);
      return `${sign} ${name.padEnd(nameWidth)}  ${count.padEnd(countWidth)}${time}`;
    })
    .join('\n');
}
