import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { eventually } from './eventually.js';
import { type CliStart, cliCommand, foreignEnvironment } from './scenario-cli.js';

export interface TerminalOutcome {
  readonly exitCode: number;
  /** All that the command wrote to the terminal, with `\n` for line ends. */
  readonly screen: string;
  /** Whether the terminal is as it was before the command: echo, line mode, and the rest of it. */
  readonly terminal: 'as before' | 'changed';
}

export interface CliInTerminal {
  readonly outcome: Promise<TerminalOutcome>;
  /** What has been written to the terminal so far. */
  screen(): string;
  /** Fulfilled as soon as the text is on the screen, further down than what was waited for before. */
  says(text: string): Promise<void>;
  type(keys: string): void;
  resize(columns: number, rows: number): Promise<void>;
  kill(): void;
}

export const keys = {
  ctrlBackslash: '\x1c',
  ctrlC: '\x03',
  ctrlP: '\x10',
  ctrlQ: '\x11',
  ctrlZ: '\x1a',
  enter: '\r',
} as const;

export interface TerminalStart extends CliStart {
  /** 80 × 24 unless it says otherwise. */
  readonly size?: { readonly columns: number; readonly rows: number };
  /** Called with all that comes out of the terminal, as it is. */
  readonly onOutput?: (text: string) => void;
}

const run = promisify(execFile);

/**
 * The shell line of a terminal: its name, the command, and what became of both. `script` of util-linux, which every
 * Debian has, makes the terminal. The shell lives on when Ctrl-C is typed, to tell.
 */
const session = `
trap : INT QUIT
stty rows "$TTY_ROWS" cols "$TTY_COLUMNS"
echo "terminal: $(tty)"
before=$(stty -g)
"$@"
code=$?
after=$(stty -g)
[ "$before" = "$after" ] && same="as before" || same=changed
printf '\\nended: %s %s\\n' "$code" "$same"
`;

/** Starts the built CLI in a terminal of its own. */
export function startCliInTerminal(
  args: readonly string[],
  { cwd, env, show, size = { columns: 80, rows: 24 }, onOutput = () => {} }: TerminalStart,
): CliInTerminal {
  const { program, words } = cliCommand();
  const command = [program, ...words, ...args].map(quoted).join(' ');
  const line = `sh -c '${session.replaceAll("'", "'\\''")}' sh ${command}`;
  const child = spawn('script', ['-qfec', line, '/dev/null'], {
    cwd,
    env: {
      ...foreignEnvironment(),
      ...env,
      SHELL: '/bin/sh',
      ...{ TTY_ROWS: String(size.rows), TTY_COLUMNS: String(size.columns) },
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const screen = screenOf(child, onOutput);
  let seen = 0;
  const says = async (text: string) => {
    await eventually(async () => {
      const at = show(screen()).indexOf(text, seen);
      if (at < 0) return undefined;
      seen = at + text.length;
      return true;
    });
  };
  return {
    outcome: outcomeOf(child, () => show(screen())),
    screen: () => show(screen()),
    says,
    type: (typed) => void child.stdin.write(typed),
    async resize(columns, rows) {
      const [, device = ''] = /terminal: (\S+)/.exec(screen()) ?? [];
      await run('stty', ['-F', device, 'cols', String(columns), 'rows', String(rows)]);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

type Terminal = ChildProcessByStdio<Writable, Readable, null>;

function screenOf(child: Terminal, onOutput: (text: string) => void): () => string {
  let written = '';
  child.stdin.on('error', () => {});
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text;
    onOutput(text);
  });
  return () => written.replaceAll('\r\n', '\n');
}

function outcomeOf(child: Terminal, screen: () => string): Promise<TerminalOutcome> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      // What is typed before the shell runs is echoed before its first line.
      const [, body = screen(), code = '-1', terminal = 'changed'] =
        /terminal: \S+\n(.*)\nended: (\d+) (as before|changed)\n$/s.exec(screen()) ?? [];
      resolve({ exitCode: Number(code), screen: body, terminal: terminal as TerminalOutcome['terminal'] });
    });
  });
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
