import { asciiGlyphs, showsUnicode, unicodeGlyphs } from '../report/live/glyphs.js';
import type { LiveTerminal } from '../report/live/live-reporter.js';
import type { WhenNarrowed } from '../report/live/paint-rows.js';
import type { Colors } from './colors.js';
import type { CliIo, Terminal } from './io.js';
import { ownText } from './own-text.js';

/** The terminal behind a stream, as one to draw a tree on. */
export function liveTerminal(
  { foot, environment, clock }: CliIo,
  terminal: Terminal,
  paint: Colors,
): LiveTerminal {
  const write = (text: string) => void terminal.stream.write(text);
  return {
    foot,
    clock,
    write,
    // Behind a pipe that is taken for a terminal, nobody else knows of the foot.
    print: terminal.isTty ? (text) => terminal.write(text) : (text) => foot.above(ownText(text), write),
    style: { paint, glyphs: showsUnicode(environment, process.platform) ? unicodeGlyphs : asciiGlyphs },
    every(pauseMs, tick) {
      const timer = setInterval(tick, pauseMs);
      timer.unref();
      return () => clearInterval(timer);
    },
    loadTree: async () => (await import('../report/live/tree-lines.js')).treeLines,
  };
}

/** The terminals that are known to leave long lines as they are when they become narrower. */
export function whenNarrowed(environment: ReadonlyMap<string, string>): WhenNarrowed {
  const term = environment.get('TERM') ?? '';
  const isScreen = environment.has('STY') && !environment.has('TMUX');
  return term === 'linux' || environment.has('XTERM_VERSION') || isScreen ? 'cuts' : 'wraps';
}
