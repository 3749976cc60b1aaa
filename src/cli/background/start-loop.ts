import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { isPacked } from '../../host/packed.js';
import { UsageError } from '../../problems/errors.js';
import { logPath } from './loop-file.js';

/**
 * Starts ourselves with these arguments as a process of its own, which writes to the log in `folder` and outlives us.
 * Gives its number once it says that it has begun. Throws UsageError, with what it has written, when it ends before.
 */
export async function startInBackground(args: readonly string[], folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const path = logPath(folder);
  const log = await open(path, 'a');
  const { size } = await log.stat();
  try {
    const child = spawn(process.execPath, [...programOfNode(), ...args], {
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    });
    const hasBegun = await new Promise<boolean>((resolve, reject) => {
      child.once('error', reject);
      child.once('message', () => resolve(true));
      child.once('exit', () => resolve(false));
    });
    if (!hasBegun) throw await failedStart(path, size);
    child.disconnect();
    child.unref();
    return child.pid ?? 0;
  } finally {
    await log.close();
  }
}

/** What Node is given before our own arguments; an executable knows its program. */
function programOfNode(): string[] {
  return isPacked() ? [] : [...process.execArgv, process.argv[1] ?? ''];
}

/** In the background: tells whoever started us that all is well. They hang up then. */
export function tellStarter(): void {
  process.send?.('begun');
}

/** Whether somebody waits to hear that we have begun. */
export function hasStarter(): boolean {
  return process.send !== undefined;
}

async function failedStart(path: string, before: number): Promise<UsageError> {
  const text = (await readFile(path)).subarray(before).toString('utf8').trim();
  return new UsageError('it ended before it had begun', {
    evidence: text.split('\n').slice(-20),
    hint: `its whole log is ${path}`,
  });
}
