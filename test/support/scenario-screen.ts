import { eventually } from './eventually.js';
import type { Stack } from './scenario-stack.js';
import type { CliInTerminal } from './scenario-terminal.js';
import { Screen } from './screen.js';

/** A command of the built CLI in a terminal, of which one sees what a person would. */
export interface CliOnScreen {
  readonly cli: CliInTerminal;
  readonly screen: Screen;
  /** What is on the screen once it shows the text: times, turns and counts as if they always were the same. */
  shows(text: string | RegExp): Promise<string[]>;
  /** The same, with all that has scrolled away, after the end. */
  atEnd(): Promise<string[]>;
  resize(columns: number, rows: number): Promise<void>;
}

/** Starts a command in a terminal of that size. */
export function startOnScreen(
  stack: Stack,
  args: readonly string[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
): CliOnScreen {
  const screen = new Screen(columns, rows);
  const env = { TERM: 'xterm-256color' };
  const cli = stack.inTerminal(args, env, { size: { columns, rows }, onOutput: screen.write });
  const tidied = (lines: readonly string[]) =>
    lines.filter(isOfCommand).map((line) => steady(line, stack.project));
  return {
    cli,
    screen,
    async shows(text) {
      return eventually(async () => {
        const lines = tidied(await screen.visible());
        if (lines.join('\n').search(text) < 0) throw new Error(`there is:\n${lines.join('\n')}`);
        return lines;
      }, 30_000);
    },
    async atEnd() {
      await cli.outcome;
      return tidied(await screen.all());
    },
    async resize(wide, high) {
      await screen.resize(wide, high);
      await cli.resize(wide, high);
    },
  };
}

/** Not those of the shell around it. */
function isOfCommand(line: string): boolean {
  return line !== '' && !/^(terminal: |ended: )/.test(line);
}

/** What differs from run to run: the name of the project, which keeps its length, times, the spinner, counts of probes. */
function steady(line: string, project: string): string {
  return line
    .replaceAll(project, `app${'x'.repeat(project.length - 3)}`)
    .replace(/ {0,5}(\d+\.\ds|\dm\d\ds)/, '  0.0s')
    .replace(/^ [⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/u, ' *')
    .replace(/\d+ probes? failed/, 'N probes failed');
}
