// Processes that run until they are told to end.
import { spawn } from 'node:child_process';

const patienceMs = 60_000;

/**
 * Starts a command; fulfilled once it has said something that the pattern finds, on stdout or stderr. Throws when it ends
 * before that, or does not say it within a minute.
 * @param {import('./process.mjs').Command} command
 * @param {RegExp} sign
 */
export async function startedProcess({ who, argv, cwd, env }, sign) {
  const [program, ...args] = argv;
  const startedAt = performance.now();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let text = '';
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${who}: ${argv.join(' ')} is not ready after ${patienceMs / 1000} s: ${text}`));
    }, patienceMs);
    const onData = (chunk) => {
      // Only until then: what it says later is read, so that it can go on, and forgotten.
      if (text === undefined) return;
      text += chunk;
      if (!sign.test(text)) return;
      text = undefined;
      clearTimeout(timer);
      resolve();
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`${who}: ${argv.join(' ')} ended (${code}): ${text}`)));
  });
  return {
    pid: child.pid,
    /** From its start to the sign. */
    readyMs: performance.now() - startedAt,
    /** Ctrl-C, and a second one, which some take as "at once", when it does not end by itself. */
    async stop() {
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGINT'), 5000);
      await ended;
      clearTimeout(timer);
    },
  };
}
