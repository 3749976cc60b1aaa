import { randomUUID } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { LockClaim } from '../../model/project-lock.js';
import { processStartOf } from '../process-start.js';

/** What a lock file says of the process that holds it. */
export interface LockOwner {
  /** Never given twice: by it, a lock that was taken anew is told from the one before. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** Since the machine was started; with the pid it names a process once and for all. Only where there is /proc. */
  readonly startTicks?: string | undefined;
  /** Which start of the machine. */
  readonly bootId?: string | undefined;
  /** Processes of another one cannot be seen from here. */
  readonly pidNamespace?: string | undefined;
  readonly command: string;
  readonly directory: string;
  readonly sinceMs: number;
}

/** What is known of processes without /proc. */
export interface ProcessTable {
  /** Ours. */
  readonly pid: number;
  isRunning(pid: number): boolean;
}

/** `gone`: it can never come back; `unknown`: it is not on this machine, or cannot be seen from here. */
export type Liveness = 'alive' | 'gone' | 'unknown';

/** What identifies this process. */
export async function ownerHere(
  { command, directory }: LockClaim,
  { pid }: ProcessTable,
  sinceMs: number,
): Promise<LockOwner> {
  const [startTicks, bootId, pidNamespace] = await Promise.all([
    processStartOf(pid),
    bootIdHere(),
    namespaceHere(),
  ]);
  const who = { id: randomUUID(), pid, host: hostname(), startTicks, bootId, pidNamespace };
  return { ...who, command, directory, sinceMs };
}

/** Judges from here whether an owner still runs. */
export async function livenessOf(
  owner: LockOwner,
  here: LockOwner,
  processes: ProcessTable,
): Promise<Liveness> {
  if (owner.pid === nobodysPid) return 'gone';
  if (owner.host !== here.host) return 'unknown';
  if (owner.bootId !== here.bootId) return 'gone';
  if (owner.pidNamespace !== here.pidNamespace) return 'unknown';
  if (here.startTicks === undefined || owner.startTicks === undefined)
    return processes.isRunning(owner.pid) ? 'alive' : 'gone';
  return (await processStartOf(owner.pid)) === owner.startTicks ? 'alive' : 'gone';
}

const nobodysPid = 0;

/** Stands for who has left a file that says nothing. */
export function nobody(id: string): LockOwner {
  return { id, pid: nobodysPid, host: '', command: '', directory: '', sinceMs: 0 };
}

export function parseOwner(text: string): LockOwner | undefined {
  try {
    const value = JSON.parse(text) as Partial<LockOwner> | null;
    return typeof value?.id === 'string' && typeof value.pid === 'number' && typeof value.host === 'string'
      ? (value as LockOwner)
      : undefined;
  } catch {
    return undefined;
  }
}

async function bootIdHere(): Promise<string | undefined> {
  return (await textOf('/proc/sys/kernel/random/boot_id'))?.trim();
}

async function namespaceHere(): Promise<string | undefined> {
  return readlink('/proc/self/ns/pid').catch(() => undefined);
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
