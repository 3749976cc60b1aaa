import { setTimeout as rest } from 'node:timers/promises';
import { UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { type LoopRecord, logPath, loopFolder, runningLoop } from './loop-file.js';

/** `reconcile --status`: exit code 1 when nobody keeps the project. */
export async function sayBackground(
  { io }: CommandContext,
  project: string,
  format: 'text' | 'json' = 'text',
): Promise<number> {
  const folder = loopFolder(io, project);
  const loop = await runningLoop(folder);
  if (format === 'json') {
    io.stdout.write(`${JSON.stringify(statusDocument(project, folder, loop))}\n`);
    return loop === undefined ? exitCode.failed : exitCode.ok;
  }
  if (loop === undefined) {
    io.stdout.write(`project "${project}" is not kept\n`);
    return exitCode.failed;
  }
  const since = new Date(loop.sinceMs).toISOString();
  const where = loop.command === 'up' ? 'by an attached up' : `log: ${logPath(folder)}`;
  io.stdout.write(`project "${project}" is kept by process ${loop.pid} since ${since}, ${where}\n`);
  return exitCode.ok;
}

function statusDocument(project: string, folder: string, loop: LoopRecord | undefined): object {
  if (loop === undefined) return { project, isKept: false };
  const { command, pid, directory, sinceMs } = loop;
  // An attached up writes to its terminal.
  const log = command === 'up' ? {} : { log: logPath(folder) };
  return { project, isKept: true, command, pid, since: new Date(sinceMs).toISOString(), directory, ...log };
}

const lookAgainMs = 50;
const patienceMs = 60_000;

/** `reconcile --stop`: returns once it has ended. What it kept goes on running. */
export async function endBackground(context: CommandContext, project: string): Promise<number> {
  const { io, reporter } = context;
  const folder = loopFolder(io, project);
  const loop = await runningLoop(folder);
  if (loop === undefined) {
    reporter.warn(`project "${project}" is not kept`);
    return exitCode.ok;
  }
  if (loop.command === 'up') {
    throw new UsageError(`project "${project}" is kept by an attached up, process ${loop.pid}`, {
      hint: 'press Ctrl-C there: that stops its containers too',
    });
  }
  process.kill(loop.pid, 'SIGTERM');
  const giveUpAtMs = io.clock.nowMs() + patienceMs;
  while ((await runningLoop(folder))?.pid === loop.pid) {
    if (io.clock.nowMs() > giveUpAtMs) {
      throw new UsageError(`process ${loop.pid} has not ended after a minute`, {
        hint: `see what it does in ${logPath(folder)}`,
      });
    }
    await rest(lookAgainMs);
  }
  context.say(`project "${project}" is not kept any more`);
  return exitCode.ok;
}
