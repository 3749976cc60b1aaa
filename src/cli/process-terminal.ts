import { UsageError } from '../problems/errors.js';
import type { CliIo } from './io.js';

/** What the person asks for: `-T`, `-t`, or nothing about it. */
export type TerminalWish = 'never' | 'always' | 'if-possible';

export interface ProcessTerminal {
  readonly terminal: 'none' | 'with-terminal';
  readonly input: 'open' | 'closed';
}

/**
 * Whether a process gets a terminal: when both ends of ours are one. Somebody who asks for a terminal while something
 * is piped in is told that this makes none: the process would wait for keys that nobody types.
 */
export function chooseTerminal(
  io: CliIo,
  wish: { readonly isInteractive: boolean; readonly terminal: TerminalWish },
): ProcessTerminal {
  const input = wish.isInteractive ? 'open' : 'closed';
  if (wish.terminal === 'never' || !io.stdout.isTty) return { terminal: 'none', input };
  if (input === 'closed' || io.stdin.isTty) return { terminal: 'with-terminal', input };
  if (wish.terminal === 'if-possible') return { terminal: 'none', input };
  throw new UsageError('the input device is not a TTY', { hint: 'leave out -t, or say -T' });
}
