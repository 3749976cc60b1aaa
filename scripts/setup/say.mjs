// How the set-up speaks: one short line a step, so that a person sees what was done to the machine and what it cost.

const isColourful = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
const paint = (code, text) => (isColourful ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = (text) => paint(1, text);
export const dim = (text) => paint(2, text);
export const green = (text) => paint(32, text);
export const red = (text) => paint(31, text);

/** A problem that the person can do something about: shown as text, without a stack. */
export class SetupError extends Error {}

/** @param {string} text */
export function say(text = '') {
  process.stdout.write(`${text}\n`);
}

/** A remark under a step that takes a while or did something to the machine. */
export function note(text) {
  say(dim(`  … ${text}`));
}

/**
 * Runs one step and says how it went in one line. `work` returns the words for that line.
 * @template T
 * @param {string} title
 * @param {() => Promise<{detail: string, value?: T}>} work
 * @returns {Promise<T | undefined>}
 */
export async function step(title, work) {
  const startedAtMs = Date.now();
  const { detail, value } = await work();
  say(`${green('✓')} ${bold(title.padEnd(13))} ${detail} ${dim(formatDuration(Date.now() - startedAtMs))}`);
  return value;
}

/** `0.4 s`, `12.3 s`, `2 min 05 s` */
export function formatDuration(durationMs) {
  const seconds = durationMs / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Runs a script's main function; the exit code is what it returns, 1 for a problem. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${red('✗')} ${error.message}\n`);
    process.exitCode = 1;
  }
}
