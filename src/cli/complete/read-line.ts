import type { Argument, Command, Option } from 'commander';

/** What stands at the cursor. */
export type Spot =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'option'; readonly command: Command }
  | { readonly kind: 'value'; readonly option: Option }
  | { readonly kind: 'argument'; readonly argument: Argument }
  /** A program inside a container, or one argument too many: nothing that we know of. */
  | { readonly kind: 'unknown' };

export interface CommandLine {
  readonly spot: Spot;
  /** What is there of the word to complete. */
  readonly text: string;
  /** What the candidates must begin with beside it, as in `--format=js`. */
  readonly prefix: string;
  /** The words before the command: what the flags there say counts for what can be proposed. */
  readonly globals: readonly string[];
}

/**
 * Finds out what the last word of a line may be. Some shells break words at `=`; then it is a word of its own, and
 * candidates are values alone.
 */
export function readLine(program: Command, words: readonly string[]): CommandLine {
  const walk = new Walk(program);
  const before = words.slice(0, -1);
  for (const word of before) walk.take(word);
  const text = words.at(-1) ?? '';
  const globals = before.slice(0, walk.globalWords);
  const attached = /^(--[^=]+=)(.*)$/s.exec(text);
  const option = attached?.[1] === undefined ? undefined : walk.option(attached[1].slice(0, -1));
  if (option !== undefined && walk.mayBeOption()) {
    return {
      spot: { kind: 'value', option },
      text: attached?.[2] ?? '',
      prefix: attached?.[1] ?? '',
      globals,
    };
  }
  return { spot: walk.spot(text), text: text === '=' ? '' : text, prefix: '', globals };
}

/** Goes over the words before the cursor. */
class Walk {
  #command: Command;
  #awaiting: Option | undefined;
  #arguments = 0;
  #onlyArguments = false;
  #words = 0;
  #isBeforeCommand = true;
  /** Number of words before the command; a flag that still waits for its value is none of them. */
  globalWords = 0;

  constructor(program: Command) {
    this.#command = program;
  }

  take(word: string): void {
    this.#words += 1;
    if (this.#awaiting !== undefined) {
      if (word !== '=') this.#awaiting = undefined;
    } else if (word === '--') this.#onlyArguments = true;
    else if (word.startsWith('-') && this.mayBeOption()) this.#takeOption(word);
    else this.#takeArgument(word);
    if (this.#isBeforeCommand && this.#awaiting === undefined) this.globalWords = this.#words;
  }

  /** Behind the service, words of `exec` and `run` are the program's own. */
  mayBeOption(): boolean {
    return !this.#onlyArguments && !(this.#arguments > 0 && isForProgram(this.#command));
  }

  option(flag: string): Option | undefined {
    return this.#command.options.find(({ short, long }) => short === flag || long === flag);
  }

  spot(text: string): Spot {
    if (this.#awaiting !== undefined) return { kind: 'value', option: this.#awaiting };
    if (text.startsWith('-') && this.mayBeOption()) return { kind: 'option', command: this.#command };
    if (this.#command.commands.length > 0) return { kind: 'command', command: this.#command };
    const declared = this.#command.registeredArguments;
    const last = declared.at(-1);
    const argument = declared[this.#arguments] ?? (last?.variadic === true ? last : undefined);
    return argument === undefined ? { kind: 'unknown' } : { kind: 'argument', argument };
  }

  #takeOption(word: string): void {
    if (word.includes('=')) return;
    const option = this.option(word);
    if (option?.required === true) this.#awaiting = option;
  }

  #takeArgument(word: string): void {
    const isNamed = (command: Command) => command.name() === word || command.aliases().includes(word);
    const next = this.#arguments === 0 ? this.#command.commands.find(isNamed) : undefined;
    if (next === undefined) {
      this.#arguments += 1;
      return;
    }
    this.#isBeforeCommand = false;
    this.#command = next;
  }
}

function isForProgram(command: Command): boolean {
  return ['exec', 'run'].includes(command.name());
}
