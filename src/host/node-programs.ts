import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { HostProgramCall, HostProgramEnd, HostPrograms } from '../model/host-programs.js';
import { CancelledError } from '../problems/errors.js';
import { findProgram, type ProgramSurroundings } from './find-program.js';

const errorLinesKept = 10;

/** The programs of this machine. A program inherits this environment. */
export function nodePrograms(surroundings: ProgramSurroundings): HostPrograms {
  return {
    find: (name) => findProgram(name, surroundings),
    run: (call, signal) => runProgram(call, surroundings.environment, signal),
  };
}

/** Reads the program's standard output line by line; its standard input is empty. */
async function runProgram(
  { path, args, environment, onLine }: HostProgramCall,
  inherited: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<HostProgramEnd> {
  if (signal?.aborted) throw new CancelledError();
  const child = spawn(path, args, {
    env: Object.fromEntries([...inherited, ...environment]),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => void child.kill('SIGTERM');
  signal?.addEventListener('abort', stop);
  const errorLines: string[] = [];
  createInterface({ input: child.stdout }).on('line', onLine);
  createInterface({ input: child.stderr }).on('line', (line) => {
    errorLines.push(line);
    if (errorLines.length > errorLinesKept) errorLines.shift();
  });
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, killer) => resolve(code ?? 128 + signalNumber(killer)));
    });
    if (signal?.aborted) throw new CancelledError();
    return { exitCode, errorLines };
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function signalNumber(name: NodeJS.Signals | null): number {
  return name === null ? 0 : constants.signals[name];
}
