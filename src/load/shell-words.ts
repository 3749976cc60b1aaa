/**
 * The words of a command line, as docker compose splits `command` and `entrypoint`: blanks separate, quotes and
 * backslashes protect, `#` is no comment and nothing is expanded, though `$(…)` and `` `…` `` hold together. At the
 * first unquoted `;`, `&`, `|`, `<` or `>` the rest is dropped. Undefined when something is not closed.
 */
export function splitShellWords(line: string): string[] | undefined {
  const splitter = new WordSplitter();
  for (const char of line) {
    if (!splitter.take(char)) break;
  }
  return splitter.finish();
}

/** What is open: a quote, or a command substitution. */
type Enclosure = '"' | "'" | '`' | '$(' | undefined;

const blanks = new Set([' ', '\t', '\r', '\n']);
const operators = new Set([';', '&', '|', '<', '>']);
/** Letters that stand for a control character behind a backslash. */
const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n' };

class WordSplitter {
  readonly #words: string[] = [];
  #word: string | undefined;
  #open: Enclosure;
  #isEscaped = false;
  #isBroken = false;

  /** False when the line ends here. */
  take(char: string): boolean {
    if (this.#isEscaped) {
      this.#add(escapes[char] ?? char);
      this.#isEscaped = false;
    } else if (char === '\\' && this.#open !== "'") this.#isEscaped = true;
    else if (blanks.has(char)) this.#blank(char);
    else if (char === '"' || char === "'") this.#quote(char);
    else if (char === '`' || char === '(' || char === ')') return this.#substitution(char);
    else if (operators.has(char) && this.#open === undefined) return this.#operator(char);
    else this.#add(char);
    return true;
  }

  finish(): string[] | undefined {
    if (this.#isBroken || this.#isEscaped || this.#open !== undefined) return undefined;
    this.#endWord();
    return this.#words;
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#words.push(this.#word);
    this.#word = undefined;
  }

  #blank(char: string): void {
    if (this.#open === undefined) this.#endWord();
    else this.#add(char);
  }

  #quote(char: '"' | "'"): void {
    if (this.#open === char) {
      this.#open = undefined;
      this.#add('');
    } else if (this.#open === undefined) this.#open = char;
    else this.#add(char);
  }

  #substitution(char: string): boolean {
    if (this.#open === '"' || this.#open === "'") this.#add(char);
    else if (char === '`') this.#toggle('`', char);
    else if (this.#open === '`') this.#add(char);
    else if (char === ')') this.#toggle('$(', char);
    else if (this.#open === undefined && this.#word?.endsWith('$')) this.#toggle('$(', char);
    else this.#isBroken = true;
    return !this.#isBroken;
  }

  #toggle(enclosure: '`' | '$(', char: string): void {
    if (this.#open !== undefined && this.#open !== enclosure) {
      this.#add(char);
      return;
    }
    this.#open = this.#open === enclosure ? undefined : enclosure;
    this.#add(char);
  }

  /** The number in front of `2>` belongs to the redirection. */
  #operator(char: string): boolean {
    if (char === '>' && /^\d/.test(this.#word ?? '')) this.#word = undefined;
    return false;
  }
}
