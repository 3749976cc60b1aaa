import unicode11 from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import { screenText } from './screen-text.js';

/** A terminal that shows bytes as real ones do: with lines that wrap, scroll away and come back. */
export class Screen {
  readonly terminal: xterm.Terminal;
  #written = Promise.resolve();

  constructor(columns: number, rows: number) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
    this.terminal.loadAddon(new unicode11.Unicode11Addon() as unknown as xterm.ITerminalAddon);
    this.terminal.unicode.activeVersion = '11';
  }

  readonly write = (text: string): void => {
    this.#written = new Promise((resolve) => this.terminal.write(text, resolve));
  };

  /** Fulfilled when everything that was written is to be seen. */
  get settled(): Promise<void> {
    return this.#written;
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.settled;
    this.terminal.resize(columns, rows);
  }

  /** What can be seen now, without blank rows at the end. */
  async visible(): Promise<string[]> {
    await this.settled;
    const { baseY, length } = this.terminal.buffer.active;
    return screenText(this.terminal, baseY, length);
  }

  /** What has scrolled away, and what can be seen. */
  async all(): Promise<string[]> {
    await this.settled;
    return screenText(this.terminal, 0, this.terminal.buffer.active.length);
  }

  /** Whether the cursor is shown, as the last word about it says. */
  cursor(): 'shown' | 'hidden' {
    // The emulator has no word for it of its own.
    const { _core: core } = this.terminal as unknown as {
      _core: { coreService: { isCursorHidden: boolean } };
    };
    return core.coreService.isCursorHidden ? 'hidden' : 'shown';
  }
}
