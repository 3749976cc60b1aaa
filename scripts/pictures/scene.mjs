import { spawn } from 'node:child_process';
import { setTimeout as rest } from 'node:timers/promises';
import unicode11 from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';

const limitMs = 60_000;

/** A terminal in which commands run as a person would type them, one after the other. */
export class Scene {
  /** @type {xterm.Terminal} */
  terminal;
  #env;
  #cwd;

  /** @param {{columns: number, rows: number, cwd: string, env: Record<string, string>}} options */
  constructor({ columns, rows, cwd, env }) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
    this.terminal.loadAddon(new unicode11.Unicode11Addon());
    this.terminal.unicode.activeVersion = '11';
    this.#cwd = cwd;
    this.#env = { ...env, TERM: 'xterm-256color' };
  }

  /** Text of ours: a prompt with what is typed, or an empty line. */
  async say(text) {
    await this.#write(`${text}\n`);
  }

  /**
   * Runs a command in a terminal of its own that has the size of this one, and shows what it writes.
   * @returns {{ended: Promise<number>}} with its exit code
   */
  run(argv, env = {}) {
    const { cols, rows } = this.terminal;
    const words = argv.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    const child = spawn('script', ['-qfec', `stty rows ${rows} cols ${cols}; exec ${words}`, '/dev/null'], {
      cwd: this.#cwd,
      env: { ...this.#env, ...env, SHELL: '/bin/sh' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.setEncoding('utf8').on('data', (text) => this.terminal.write(text));
    const ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => this.#write('').then(() => resolve(code ?? -1)));
    });
    return { ended };
  }

  /** Fulfilled when the screen shows something of each pattern. */
  async shows(...patterns) {
    const giveUpAtMs = Date.now() + limitMs;
    while (!patterns.every((pattern) => pattern.test(this.text()))) {
      if (Date.now() > giveUpAtMs)
        throw new Error(`${patterns.join(', ')}: not to be seen in\n${this.text()}`);
      await rest(20);
    }
  }

  text() {
    const { active } = this.terminal.buffer;
    return Array.from({ length: active.length }, (_, row) =>
      active.getLine(row)?.translateToString(true),
    ).join('\n');
  }

  #write(text) {
    return new Promise((resolve) => this.terminal.write(text, resolve));
  }
}
