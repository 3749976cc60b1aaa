import type { Terminal } from '@xterm/headless';

/** Lines of the buffer as text, without blanks at their ends and without blank ones after the last. */
export function screenText({ buffer }: Terminal, from: number, to: number): string[] {
  const lines: string[] = [];
  for (let row = from; row < to; row++) {
    lines.push(buffer.active.getLine(row)?.translateToString(true).trimEnd() ?? '');
  }
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
