// Runs commands side by side and measures them: wall time here, peak memory through time(1) where there is one.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {{name: string, argv: string[], cwd?: string, env?: Record<string, string>}} BenchCommand
 * @typedef {{median: number, min: number, max: number}} Spread
 * @typedef {{name: string, wallMs: Spread, peakRssMiB: number | null, rounds: number}} BenchResult
 */

const timeProgram = '/usr/bin/time';

/**
 * Measures commands in alternation (A B A B…), so that whatever else the machine does hits all of them alike.
 * Throws when a command fails: a benchmark of an error message means nothing.
 * @param {BenchCommand[]} commands
 * @param {{rounds: number, warmups?: number}} options
 * @returns {BenchResult[]} in the order of the commands
 */
export function sideBySide(commands, { rounds, warmups = 1 }) {
  const runs = new Map(commands.map(({ name }) => [name, []]));
  const workDir = mkdtempSync(join(tmpdir(), 'tscompose-bench-'));
  try {
    for (let round = -warmups; round < rounds; round++) {
      for (const command of commands) {
        const run = runOnce(command, join(workDir, 'usage'));
        if (round >= 0) runs.get(command.name).push(run);
      }
    }
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
  return commands.map(({ name }) => summary(name, runs.get(name)));
}

/** Runs a command once. Throws when it fails. */
export function timed(command) {
  const workDir = mkdtempSync(join(tmpdir(), 'tscompose-bench-'));
  try {
    return runOnce(command, join(workDir, 'usage'));
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

function runOnce({ name, argv, cwd, env }, usageFile) {
  const measured = hasTimeProgram() ? [timeProgram, '-o', usageFile, '-f', '%M', ...argv] : argv;
  const startedAt = process.hrtime.bigint();
  const child = spawnSync(measured[0], measured.slice(1), {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  const wallMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
  if (child.error !== undefined) throw child.error;
  if (child.status !== 0) throw new Error(`${name} failed (${child.status}): ${child.stderr}`);
  const peakRssMiB = hasTimeProgram() ? Number(readFileSync(usageFile, 'utf8').trim()) / 1024 : null;
  return { wallMs, peakRssMiB };
}

function hasTimeProgram() {
  try {
    accessSync(timeProgram, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function summary(name, runs) {
  const wallMs = spreadOf(runs.map((run) => run.wallMs));
  const peaks = runs.flatMap(({ peakRssMiB }) => (peakRssMiB === null ? [] : [peakRssMiB]));
  return { name, wallMs, peakRssMiB: peaks.length === 0 ? null : Math.max(...peaks), rounds: runs.length };
}

/** @returns {Spread} */
export function spreadOf(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** What the numbers were measured on. */
export function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  };
}

/** Rows of texts as a table for the eye: the first column to the left, the others to the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]));
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

/** `12.3` below a hundred, `123` from there on. */
export function shortNumber(value) {
  return value === null ? '-' : value < 100 ? value.toFixed(1) : value.toFixed(0);
}
