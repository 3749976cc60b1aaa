import picocolors from 'picocolors';
import type { CliIo, Terminal } from './io.js';
import type { GlobalOptions } from './options/global-options.js';
import { ansiWish, isDumb } from './progress-mode.js';

/** Colours for one stream: none for files, pipes and dumb terminals, with NO_COLOR or `--ansi never`. */
export function colorsFor(terminal: Terminal, io: CliIo, globals: Pick<GlobalOptions, 'ansi'>) {
  const when = ansiWish(io, globals);
  const isWelcome = terminal.isTty && !isDumb(io) && (io.environment.get('NO_COLOR') ?? '') === '';
  const isWanted = when === 'always' || (when !== 'never' && isWelcome);
  return picocolors.createColors(isWanted);
}

export type Colors = ReturnType<typeof colorsFor>;

/** In which order containers get theirs. */
export function prefixColors(colors: Colors): ((text: string) => string)[] {
  return [
    ...[colors.cyan, colors.yellow, colors.green, colors.magenta, colors.blue],
    ...[colors.cyanBright, colors.yellowBright, colors.greenBright, colors.magentaBright, colors.blueBright],
  ];
}
