import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { processStartOf } from '../../host/process-start.js';
import type { CliIo } from '../io.js';

/** What is known of the process that keeps a project. */
export interface LoopRecord {
  readonly pid: number;
  /** When the process began, in the system's own measure, so that another process with its number is told apart. */
  readonly processStart: string | undefined;
  /** What it is part of: an attached `up` stops its containers when it ends. */
  readonly command: 'reconcile' | 'up' | 'watch';
  readonly directory: string;
  readonly sinceMs: number;
}

type Surroundings = Pick<CliIo, 'environment' | 'homeDir'>;

/** Where a project's loop writes who it is, and what it does: `$XDG_STATE_HOME/tscompose/<project>/`. */
export function loopFolder({ environment, homeDir }: Surroundings, project: string): string {
  const state = environment.get('XDG_STATE_HOME') || join(homeDir, '.local', 'state');
  return join(state, 'tscompose', project);
}

export const logPath = (folder: string): string => join(folder, 'reconcile.log');
const recordPath = (folder: string): string => join(folder, 'reconcile.pid');

/** The loop that runs now; undefined: none, or one whose process is gone. */
export async function runningLoop(folder: string): Promise<LoopRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(recordPath(folder), 'utf8')) as LoopRecord;
    return (await isAlive(record)) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Says that this process keeps the project; gives how to take that back. */
export async function registerLoop(
  folder: string,
  command: LoopRecord['command'],
  { cwd, clock }: Pick<CliIo, 'cwd' | 'clock'>,
): Promise<() => Promise<void>> {
  const { pid } = process;
  const start = await processStartOf(pid);
  const record = { pid, processStart: start, command, directory: cwd, sinceMs: clock.nowMs() };
  const write = async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(recordPath(folder), `${JSON.stringify(record satisfies LoopRecord)}\n`);
  };
  // Whoever ends just now may have removed the folder in between.
  await write().catch(write);
  return async () => {
    const now = await runningLoop(folder);
    if (now?.pid === pid) await rm(recordPath(folder), { force: true });
    await removeIfEmpty(folder);
    await removeIfEmpty(dirname(folder));
  };
}

async function removeIfEmpty(folder: string): Promise<void> {
  // It holds the log of a loop in the background, or somebody else's state; or it is gone.
  await rmdir(folder).catch(() => {});
}

async function isAlive({ pid, processStart }: LoopRecord): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return processStart === (await processStartOf(pid));
}
