import { type Duplex, PassThrough } from 'node:stream';
import type { LogChunk } from '../container-log.js';
import type { AttachOptions, ProcessStreams } from '../process-port.js';
import type { ApiCall, ApiClient } from './api-client.js';
import { asTerminalOutput, demultiplex } from './demultiplex.js';

/** How much output is taken in though nobody has read it yet. */
const readAheadBytes = 1 << 20;

/** The streams of a process over a connection that the engine has handed over. */
export function processStreams(
  api: ApiClient,
  call: ApiCall,
  connection: Duplex,
  { terminal }: Pick<AttachOptions, 'terminal'>,
): ProcessStreams {
  return {
    input: connection,
    output: readOutput(api, call, connection, terminal),
    close: () => connection.destroy(),
  };
}

async function* readOutput(
  api: ApiClient,
  call: ApiCall,
  connection: Duplex,
  terminal: AttachOptions['terminal'],
): AsyncGenerator<LogChunk> {
  let failure: Error | undefined;
  connection.once('error', (error) => {
    failure = error;
  });
  try {
    const arrived = readAhead(connection);
    yield* terminal === 'none' ? demultiplex(arrived) : asTerminalOutput(arrived);
  } finally {
    connection.destroy();
  }
  if (call.signal?.aborted || (failure !== undefined && !isGone(failure))) throw api.failure(failure, call);
}

/**
 * Takes output in ahead of its reader. A process that ends without having read its input makes our next write fail,
 * and with that the connection: what lay in it unread would be lost.
 */
function readAhead(connection: Duplex): PassThrough {
  const buffer = new PassThrough({ highWaterMark: readAheadBytes });
  connection.once('close', () => buffer.end());
  return connection.pipe(buffer);
}

/** The other side has closed the connection: the process has ended. */
function isGone(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPIPE' || code === 'ECONNRESET';
}
