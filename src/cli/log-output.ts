import type { FollowEvent } from '../operate/follow.js';
import { LogPrinter, shortContainerName } from '../report/log-printer.js';
import { colorsFor, prefixColors } from './colors.js';
import type { CommandContext } from './command-context.js';

/** A printer for the flags that `up` and `logs` share. Colours only where people read. */
export function logPrinter(
  { io, globals }: CommandContext,
  options: { readonly color: boolean; readonly logPrefix: boolean },
  errors: 'to-stderr' | 'to-stdout' = 'to-stdout',
): LogPrinter {
  const colors = colorsFor(io.stdout, io, globals);
  return new LogPrinter({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => (errors === 'to-stderr' ? io.stderr : io.stdout).write(text),
    prefix: options.logPrefix ? 'with-prefix' : 'without-prefix',
    colors: options.color && colors.isColorSupported ? prefixColors(colors) : undefined,
  });
}

export function showFollowEvent(printer: LogPrinter, project: string): (event: FollowEvent) => void {
  return (event) => {
    const name = shortContainerName(event.container.name, project, event.container.service);
    switch (event.kind) {
      case 'line':
        return printer.print(name, event.line.stream, event.line.text);
      case 'trouble':
        return printer.printStatus(name, `log cannot be shown: ${event.message}`);
      case 'exit':
        return printer.printStatus(
          name,
          `exited with code ${event.exitCode}${event.next === 'restarts' ? ' (restarting)' : ''}`,
        );
    }
  };
}
