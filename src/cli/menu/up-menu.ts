import type { FootPart } from '../../report/live/foot-row.js';
import { colorsFor } from '../colors.js';
import type { CommandContext } from '../command-context.js';
import { hasKeys, interruptSelf, listenToKeys, suspendSelf } from '../keys.js';
import type { UpOptions } from '../options/up-options.js';
import type { WatchSwitch } from '../watch-switch.js';

export interface UpMenuActions {
  /** Lets go of the stack, which goes on. */
  detach(): void;
  /** Undefined: no service says what to watch, or something else already follows the files. */
  readonly watching: WatchSwitch | undefined;
}

/** Whether an attached `up` has a menu: where somebody can type, the screen can be drawn on, and it is not declined. */
export function wantsMenu(context: CommandContext, { menu }: Pick<UpOptions, 'menu'>): boolean {
  const { io, globals } = context;
  const progress = globals.progress ?? io.environment.get('COMPOSE_PROGRESS') ?? 'auto';
  const ansi = globals.ansi ?? io.environment.get('COMPOSE_ANSI') ?? 'auto';
  if (!hasKeys(io) || ansi === 'never' || io.environment.get('TERM') === 'dumb') return false;
  if (progress !== 'auto' && progress !== 'tty') return false;
  if (menu !== undefined) return menu;
  return (io.environment.get('COMPOSE_MENU') ?? '') === '' || context.isSwitchedOn('COMPOSE_MENU');
}

/** What one can do while an attached `up` shows logs: a line below them, and a key for each word in it. */
export class UpMenu {
  readonly #context: CommandContext;
  readonly #actions: UpMenuActions;
  #release: (() => void) | undefined;

  constructor(context: CommandContext, actions: UpMenuActions) {
    this.#context = context;
    this.#actions = actions;
  }

  open(): void {
    const { io } = this.#context;
    const stopKeys = listenToKeys(io, (key) => this.#press(key));
    this.#release = () => {
      io.foot.hideLine();
      stopKeys();
    };
    this.#show();
  }

  /** The terminal is as before, without the line. */
  close(): void {
    this.#release?.();
    this.#release = undefined;
  }

  #show(): void {
    const { io, globals } = this.#context;
    const { bold, dim } = colorsFor(io.stdout, io, globals);
    const parts = this.#entries().flatMap(([key, word]): FootPart[] => [
      { text: key, paint: bold },
      { text: ` ${word}   `, paint: dim },
    ]);
    io.foot.showLine(parts, (text) => void io.stdout.stream.write(text));
  }

  #entries(): [string, string][] {
    const { watching } = this.#actions;
    const onWatch: [string, string][] =
      watching === undefined ? [] : [['w', watching.isOn ? 'Stop watching' : 'Watch']];
    const whileOn: [string, string][] =
      watching?.isOn === true
        ? [
            ['r', 'Restart'],
            ['b', 'Rebuild'],
          ]
        : [];
    return [['d', 'Detach'], ...onWatch, ...whileOn, ['q', 'Stop']];
  }

  #press(key: string): void {
    const { watching, detach } = this.#actions;
    const actions: Readonly<Record<string, (() => void) | undefined>> = {
      d: detach,
      w: () => this.#toggleWatch(),
      r: watching?.controls?.restart,
      b: watching?.controls?.rebuild,
      q: interruptSelf,
      '\x03': interruptSelf,
      '\x1a': () => void this.#suspend(),
      '\r': () => this.#context.io.stdout.write('\n'),
    };
    if (Object.hasOwn(actions, key)) actions[key]?.();
  }

  #toggleWatch(): void {
    const { watching } = this.#actions;
    if (watching === undefined) return;
    const toggled = watching.isOn ? watching.stop() : watching.start();
    toggled.catch((error: unknown) => this.#context.fail(error));
    const show = () => this.#release !== undefined && this.#show();
    show();
    void toggled.then(show, show);
  }

  async #suspend(): Promise<void> {
    this.close();
    await suspendSelf();
    this.open();
  }
}
