import type { ProcessStreams, TerminalSize } from '../engine/process-port.js';
import { connectStreams } from '../operate/connect-streams.js';
import { DetachKeys } from '../operate/detach-keys.js';
import type { CliIo } from './io.js';

export interface TerminalLink {
  readonly terminal: 'none' | 'with-terminal';
  readonly input: 'open' | 'closed';
  /** Bytes of the keys that let go of the process. They count only where there is a terminal. */
  readonly detachKeys: readonly number[];
  /** Tells the terminal of the process how large ours is. */
  resize(size: TerminalSize): Promise<void>;
}

/**
 * Our terminal, or whatever our streams are, becomes that of a process until its output ends or the person lets go of
 * it. However that comes about, the terminal is as before afterwards.
 */
export async function linkTerminal(
  io: CliIo,
  streams: ProcessStreams,
  link: TerminalLink,
): Promise<'ended' | 'detached'> {
  const isTerminal = link.terminal === 'with-terminal';
  const isRaw = isTerminal && link.input === 'open' && io.stdin.isTty;
  const stopResizing = isTerminal ? followSize(io, link.resize) : undefined;
  if (isRaw) io.stdin.setMode('raw');
  try {
    return await connectStreams(streams, {
      stdin: link.input === 'open' ? io.stdin.stream : undefined,
      stdout: io.stdout.stream,
      stderr: io.stderr.stream,
      detachKeys: isRaw && link.detachKeys.length > 0 ? new DetachKeys(link.detachKeys) : undefined,
    });
  } finally {
    if (isRaw) io.stdin.setMode('lines');
    stopResizing?.();
  }
}

/**
 * One call at a time, and the newest size last: while somebody drags the window, calls side by side would arrive in any
 * order. A terminal of the wrong size is no reason to give up.
 */
function followSize(io: CliIo, resize: TerminalLink['resize']): () => void {
  let wanted: TerminalSize | undefined;
  let isTelling = false;
  const tellAll = async () => {
    isTelling = true;
    for (let size = wanted; size !== undefined; size = wanted) {
      wanted = undefined;
      await resize(size).catch(() => {});
    }
    isTelling = false;
  };
  const tell = () => {
    wanted = io.terminalSize();
    if (!isTelling) void tellAll();
  };
  tell();
  return io.onResize(tell);
}
