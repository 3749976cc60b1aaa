import type { LoadIo } from '../load-io.js';

/** The same, where code that is being run ends with a signal; the load then throws CancelledError. */
export function withAbortableCode(io: LoadIo, signal: AbortSignal | undefined): LoadIo {
  const { runCode } = io;
  if (runCode === undefined || signal === undefined) return io;
  return { ...io, runCode: (request) => runCode(request, signal) };
}
