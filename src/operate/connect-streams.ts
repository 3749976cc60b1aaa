import type { Readable, Writable } from 'node:stream';
import type { ProcessStreams } from '../engine/process-port.js';
import type { DetachKeys } from './detach-keys.js';

/** The streams at our end of a process. */
export interface OwnStreams {
  /** undefined: the process gets none. It is paused, not closed, when the process has ended. */
  readonly stdin?: Readable | undefined;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Keys that let go of the process; undefined: none do. */
  readonly detachKeys?: DetachKeys | undefined;
}

/**
 * Passes input and output on until the output ends, or the person types the keys that let go of the process. Reads
 * only as fast as is written at the other side, in both directions; the end of our input is the end of its input.
 */
export async function connectStreams(
  { input, output, close }: ProcessStreams,
  { stdin, stdout, stderr, detachKeys }: OwnStreams,
): Promise<'ended' | 'detached'> {
  let outcome: 'ended' | 'detached' = 'ended';
  const detach = () => {
    outcome = 'detached';
    close();
  };
  const release = stdin === undefined ? undefined : pump(stdin, input, detachKeys, detach);
  try {
    for await (const { stream, data } of output) await write(stream === 'stdout' ? stdout : stderr, data);
  } finally {
    release?.();
    close();
  }
  return outcome;
}

/** Passes on what comes in, until it ends or the process is gone. Returns how to stop. */
function pump(
  source: Readable,
  input: Writable,
  keys: DetachKeys | undefined,
  onDetach: () => void,
): () => void {
  const onData = (chunk: Uint8Array) => {
    const passed = keys === undefined ? chunk : keys.take(chunk);
    if (passed === undefined) onDetach();
    else if (passed.length > 0 && !input.write(passed)) source.pause();
  };
  const onDrain = () => source.resume();
  const onEnd = () => input.end();
  const release = () => {
    source.off('data', onData).off('end', onEnd).off('error', onEnd).pause();
    input.off('drain', onDrain).off('close', release);
  };
  input.on('drain', onDrain).once('close', release);
  if (source.readableEnded) input.end();
  else source.on('end', onEnd).on('error', onEnd).on('data', onData);
  return release;
}

function write(target: Writable, data: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    target.write(data, (error) => (error ? reject(error) : resolve()));
  });
}
