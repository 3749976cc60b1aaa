// Runs commands and measures them: wall time here, peak memory through time(1) where there is one.
import { spawn } from 'node:child_process';
import { accessSync, constants, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {{who: string, argv: string[], cwd?: string, env?: Record<string, string>, okCodes?: number[]}} Command
 * @typedef {{wallMs: number, peakRssMiB: number | undefined}} Run
 */

const timeProgram = '/usr/bin/time';
const hasTimeProgram = isExecutable(timeProgram);
let runs = 0;

/**
 * Runs a command once, to its end; what it says on stdout goes nowhere. Throws when it fails: a benchmark of an error
 * message means nothing. The peak is that of the largest process: the command's own, or one that it started.
 * @param {Command} command
 * @returns {Promise<Run>}
 */
export async function timed({ who, argv, cwd, env, okCodes = [0] }) {
  const usageFile = join(tmpdir(), `tscompose-bench-${process.pid}-${runs++}`);
  const [program, ...args] = hasTimeProgram ? [timeProgram, '-o', usageFile, '-f', '%M', ...argv] : argv;
  const startedAt = performance.now();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const wallMs = performance.now() - startedAt;
  const peakRssMiB = hasTimeProgram ? takePeak(usageFile) : undefined;
  if (!okCodes.includes(code)) throw new Error(`${who}: ${argv.join(' ')} failed (${code}): ${said}`);
  return { wallMs, peakRssMiB };
}

/** time(1) writes a line about the exit code first when that is not 0. */
function takePeak(usageFile) {
  const lines = readFileSync(usageFile, 'utf8').trim().split('\n');
  rmSync(usageFile);
  return Number(lines.at(-1)) / 1024;
}

/**
 * Measures commands in alternation, every other round in reverse, so that whatever else the machine does hits all of
 * them alike.
 * @param {import('./tally.mjs').Tally} tally
 * @param {string} name of the case
 * @param {Command[]} commands
 * @param {{rounds: number, warmups?: number}} options
 */
export async function sideBySide(tally, name, commands, { rounds, warmups = 1 }) {
  for (const { item: command, isMeasured } of inTurn(commands, rounds, warmups)) {
    const run = await timed(command);
    if (isMeasured) tally.add(name, command, run);
  }
}

/**
 * The order of all measurements: each item once a round, warm-ups first.
 * @template T
 * @param {readonly T[]} items
 * @returns {Generator<{item: T, round: number, isMeasured: boolean}>}
 */
export function* inTurn(items, rounds, warmups = 1) {
  for (let round = -warmups; round < rounds; round++) {
    for (const item of round % 2 === 0 ? items : items.toReversed()) {
      yield { item, round, isMeasured: round >= 0 };
    }
  }
}

export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
