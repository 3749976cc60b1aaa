import type { WatchControls } from '../watch.js';
import type { CliIo } from './io.js';

export interface KeyActions extends WatchControls {
  /** `q`. */
  quit(): void;
  /** Ctrl-C, which is only a key while keys are ours. */
  interrupt(): void;
}

export const keyHint = 'keys: r restart, b rebuild, w pause or go on, q quit';

/**
 * Keys act at once, where somebody types them: only when input and output are a terminal. Gives how to stop, which puts
 * the terminal back as it was.
 */
export function listenToKeys({ stdin, stdout }: CliIo, actions: KeyActions): () => void {
  if (!stdin.isTty || !stdout.isTty) return () => {};
  const { stream } = stdin;
  const onData = (bytes: Buffer) => {
    for (const key of bytes.toString('utf8')) actionOf(key, actions)?.();
  };
  stdin.setMode('keys');
  stream.on('data', onData);
  stream.resume();
  return () => {
    stream.off('data', onData);
    stream.pause();
    stdin.setMode('lines');
  };
}

/** Ctrl-C as the terminal would have sent it. */
export function interruptSelf(): void {
  process.kill(process.pid, 'SIGINT');
}

function actionOf(key: string, actions: KeyActions): (() => void) | undefined {
  switch (key.toLowerCase()) {
    case 'r':
      return actions.restart;
    case 'b':
      return actions.rebuild;
    case 'w':
      return actions.toggle;
    case 'q':
      return actions.quit;
    case '\u0003':
      return actions.interrupt;
    default:
      return undefined;
  }
}
