import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runCommand } from './run-command.mjs';
import { bold, say } from './say.mjs';
import { rowsByRoom } from './summary-table.mjs';

/**
 * One check of `npm test`: shows its output and returns rows for the table at the end.
 * @typedef {(context: {root: string, env: Record<string, string | undefined>, reportDir: string}) =>
 *   Promise<import('./summary-table.mjs').Row[]>} Check
 */

/** @type {Check} */
export async function checkFormat(context) {
  const colours = process.stdout.isTTY ? 'force' : 'off';
  const args = ['node_modules/@biomejs/biome/bin/biome', 'check', `--colors=${colours}`, '.'];
  const { row, output } = await runTool('format and lint', args, context, 'both');
  const files = /Checked (\d+) files/.exec(output)?.[1];
  return [{ ...row, count: files === undefined ? '' : `${files} files` }];
}

/** @type {Check} */
export async function checkTypes(context) {
  const { row } = await runTool('types', ['node_modules/typescript/bin/tsc', '--noEmit'], context, 'show');
  return [row];
}

/**
 * A lane of tests, see vitest.config.ts.
 * @returns {Check}
 */
export function runLane(lane) {
  return async (context) => {
    const reportFile = join(context.reportDir, `${lane}.json`);
    const reporters = [...testReporters(context.root), '--reporter=json', `--outputFile.json=${reportFile}`];
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', lane, ...reporters];
    const { row } = await runTool(`${lane} tests`, args, context, 'show');
    const report = await readReport(reportFile);
    const rooms =
      report === undefined ? [] : rowsByRoom(report, (file) => relative(join(context.root, 'test'), file));
    // A lane can fail without a failed test: an error outside of tests, a file that does not load, no file at all.
    const isExplained = rooms.some(({ outcome }) => outcome === 'failed');
    return row.outcome === 'failed' && !isExplained ? [...rooms, row] : rooms;
  };
}

/** Arguments for vitest: what it shows, and what failed once more for the end. */
export function testReporters(root) {
  return ['--reporter=default', `--reporter=${join(root, 'scripts/setup/failures-reporter.mjs')}`];
}

async function runTool(name, args, { root, env }, output) {
  say(`\n${bold(name)}`);
  const startedAtMs = Date.now();
  const result = await runCommand([process.execPath, ...args], { cwd: root, env, output });
  const outcome = result.exitCode === 0 ? 'passed' : 'failed';
  return { row: { name, outcome, count: '', durationMs: Date.now() - startedAtMs }, output: result.output };
}

async function readReport(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
