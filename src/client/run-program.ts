import type { ProcessStreams } from '../engine/process-port.js';
import { CancelledError } from '../problems/errors.js';
import type { ProgramOptions } from './options.js';

/** How a program ended, and all that it wrote, as UTF-8. */
export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunningProgram extends ProcessStreams {
  exitCode(signal?: AbortSignal): Promise<number>;
}

/** Gives a program its input, reads its output to the end, and waits for it. Throws CancelledError once aborted. */
export async function finishProgram(
  program: RunningProgram,
  { input, onOutput, signal }: ProgramOptions,
): Promise<ProgramResult> {
  const written: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  const letGo = () => program.close();
  signal?.addEventListener('abort', letGo, { once: true });
  // A program need not read what it is given, and may be gone before it does.
  program.input.on('error', () => {});
  if (input === undefined) program.input.end();
  else program.input.end(typeof input === 'string' ? Buffer.from(input) : input);
  try {
    for await (const { stream, data } of program.output) {
      written[stream].push(data);
      onOutput?.(stream, data);
    }
    if (signal?.aborted === true) throw new CancelledError();
    const exitCode = await program.exitCode(signal);
    return { exitCode, stdout: textOf(written.stdout), stderr: textOf(written.stderr) };
  } finally {
    signal?.removeEventListener('abort', letGo);
    program.close();
  }
}

function textOf(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString('utf8');
}
