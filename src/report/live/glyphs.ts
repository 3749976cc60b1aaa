import type { EllipsisStyle } from './display-width.js';

/** The signs of the tree. Each takes one column. */
export interface Glyphs {
  readonly spinner: readonly string[];
  readonly failed: string;
  readonly waiting: string;
  readonly branch: string;
  readonly lastBranch: string;
  readonly barDone: string;
  readonly barLeft: string;
  readonly dots: EllipsisStyle;
}

export const unicodeGlyphs: Glyphs = {
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  failed: '✘',
  waiting: '·',
  branch: '├',
  lastBranch: '└',
  barDone: '━',
  barLeft: '─',
  dots: 'unicode',
};

export const asciiGlyphs: Glyphs = {
  spinner: ['|', '/', '-', '\\'],
  failed: 'x',
  waiting: '.',
  branch: '|',
  lastBranch: '`',
  barDone: '#',
  barLeft: '-',
  dots: 'ascii',
};

/**
 * Whether a terminal has more than ASCII to show: the Linux console has few characters, and the old one of Windows
 * those of its code page.
 */
export function showsUnicode(environment: ReadonlyMap<string, string>, platform: string): boolean {
  const term = environment.get('TERM') ?? '';
  if (platform !== 'win32') return term !== 'linux';
  const isNewer = ['WT_SESSION', 'TERMINUS_SUBLIME', 'ConEmuTask'].some((name) => environment.has(name));
  return isNewer || environment.get('TERM_PROGRAM') === 'vscode' || /^(xterm|alacritty|rxvt)/.test(term);
}
