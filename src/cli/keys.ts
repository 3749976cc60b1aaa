import type { CliIo } from './io.js';

/** Whether somebody can type and sees what comes of it. */
export function hasKeys({ stdin, stdout }: CliIo): boolean {
  return stdin.isTty && stdout.isTty;
}

/**
 * Gives each key the moment it is typed, Ctrl-C too. Returns how to stop, which puts the terminal back as it was.
 */
export function listenToKeys({ stdin }: CliIo, onKey: (key: string) => void): () => void {
  const { stream } = stdin;
  const onData = (bytes: Buffer) => {
    for (const key of bytes.toString('utf8')) onKey(key);
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

/** Ctrl-Z as the terminal would have sent it. Fulfilled when the shell has let us go on. */
export function suspendSelf(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGCONT', () => resolve());
    process.kill(process.pid, 'SIGTSTP');
  });
}
