import type { FollowEvent } from '../operate/log-events.js';
import type { LogLines } from '../operate/log-lines.js';
import { logJson } from '../report/log-json.js';
import { LogPrinter, shortContainerName } from '../report/log-printer.js';
import { colorsFor, prefixColors } from './colors.js';
import type { CommandContext } from './command-context.js';
import type { Outlet } from './write-out.js';

/** A printer for the flags that `up` and `logs` share. Colours only where people read. */
export function logPrinter(
  { io, globals }: CommandContext,
  options: { readonly color: boolean; readonly logPrefix: boolean },
  errors: 'to-stderr' | 'to-stdout' = 'to-stdout',
): LogPrinter {
  const colors = colorsFor(io.stdout, io, globals);
  return new LogPrinter({
    writeOut: (text) => io.stdout.writeRaw(text),
    writeErr: (text) => (errors === 'to-stderr' ? io.stderr : io.stdout).writeRaw(text),
    prefix: options.logPrefix ? 'with-prefix' : 'without-prefix',
    colors: options.color && colors.isColorSupported ? prefixColors(colors) : undefined,
  });
}

export type ShowEvent = (event: FollowEvent) => void | Promise<void>;

/** Prints events; with an `outlet`, what is read waits until what was printed has gone out. */
export function showFollowEvent(
  printer: LogPrinter,
  project: string,
  { times, outlet }: { readonly times?: 'with-times' | 'without-times'; readonly outlet?: Outlet } = {},
): ShowEvent {
  return (event) => {
    const name = shortContainerName(event.container.name, project, event.container.service);
    switch (event.kind) {
      case 'lines': {
        const { stream, texts } = event.lines;
        printer.register(name, event.container.service);
        printer.print(name, stream, times === 'with-times' ? withTimes(event.lines) : texts);
        return outlet?.drained();
      }
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

/** One JSON document a line; the end of a container is no line of its log. */
export function showAsJson({ io, reporter }: CommandContext, outlet: Outlet): ShowEvent {
  return (event) => {
    if (event.kind === 'trouble')
      reporter.warn(`the log of ${event.container.name} cannot be shown: ${event.message}`);
    if (event.kind !== 'lines') return;
    io.stdout.write(logJson(event.container, event.lines));
    return outlet.drained();
  };
}

function withTimes({ texts, times = [] }: LogLines): string[] {
  return texts.map((text, index) => `${times[index] ?? ''} ${text}`);
}
