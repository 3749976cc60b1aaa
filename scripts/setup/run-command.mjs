import { spawn } from 'node:child_process';
import { SetupError } from './say.mjs';

const keptOutputBytes = 64 * 1024;

/**
 * Runs a program to its end.
 * @param {string[]} argv
 * @param {{cwd?: string, env?: Record<string, string | undefined>, output?: 'show' | 'keep' | 'both', limitMs?: number}}
 *   [options]
 *   `show` (default) gives it our terminal; `keep` returns the output (its end, when long); `both` does the two.
 *   `limitMs`: then it gets a SIGTERM
 * @returns {Promise<{exitCode: number, output: string}>} 127 when there is no such program; 128 + n for a signal
 */
export function runCommand([program, ...args], { cwd, env = process.env, output = 'show', limitMs } = {}) {
  return new Promise((resolve) => {
    const piped = output === 'show' ? 'inherit' : 'pipe';
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', piped, piped], timeout: limitMs });
    let kept = '';
    const keep = (stream) => (data) => {
      kept = (kept + data).slice(-keptOutputBytes);
      if (output === 'both') stream.write(data);
    };
    child.stdout?.on('data', keep(process.stdout));
    child.stderr?.on('data', keep(process.stderr));
    child.on('error', (error) => resolve({ exitCode: 127, output: error.message }));
    child.on('close', (code) => resolve({ exitCode: code ?? 128, output: kept }));
  });
}

/**
 * As runCommand with the output kept; a failure is a SetupError that shows the important lines of it.
 * @param {string[]} argv
 * @param {{cwd?: string, env?: Record<string, string | undefined>}} [options]
 * @returns {Promise<string>}
 */
export async function mustRun(argv, options = {}) {
  const { exitCode, output } = await runCommand(argv, { ...options, output: 'keep' });
  if (exitCode === 0) return output;
  throw new SetupError(`${argv.join(' ')} failed (exit code ${exitCode}):\n${excerpt(output)}`);
}

export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** A long text without its middle: some programs say what is wrong first, others last. */
function excerpt(text) {
  const lines = text.trimEnd().split('\n');
  return (lines.length <= 30 ? lines : [...lines.slice(0, 14), '…', ...lines.slice(-15)]).join('\n');
}

/** argv of npm: the very npm that runs us, else the one in PATH. */
export function npmCommand(...args) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js') ? [process.execPath, npm, ...args] : ['npm', ...args];
}
