import { badTemplate, type Part, splitTemplate, type Token } from './go-template-tokens.js';

export type Operand =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'path'; readonly variable: string | undefined; readonly fields: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipe'; readonly pipe: Pipe };

/** A function or field with its arguments. */
export type Command = readonly Operand[];

/** The result of each command is the last argument of the next. */
export type Pipe = readonly Command[];

export type Node =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'print'; readonly pipe: Pipe }
  | { readonly kind: 'assign'; readonly name: string; readonly pipe: Pipe }
  | {
      readonly kind: 'if' | 'with' | 'range';
      /** Of `range $index, $item := …` or `with $x := …`. */
      readonly names: readonly string[];
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    };

/** The tree of a template. Throws UsageError that says what is wrong. */
export function parseTemplate(template: string): readonly Node[] {
  return new Parser(template).parse();
}

class Parser {
  readonly #template: string;
  readonly #parts: readonly Part[];
  #next = 0;

  constructor(template: string) {
    this.#template = template;
    this.#parts = splitTemplate(template);
  }

  parse(): Node[] {
    const nodes = this.#block();
    if (this.#next < this.#parts.length) throw this.#error('there is an {{end}} or {{else}} too many');
    return nodes;
  }

  /** Nodes up to the end, or to an `end` or `else`, which stays. */
  #block(): Node[] {
    const nodes: Node[] = [];
    for (let part = this.#parts[this.#next]; part !== undefined; part = this.#parts[this.#next]) {
      if (part.kind === 'action' && ['end', 'else'].includes(wordOf(part.tokens[0]))) break;
      this.#next += 1;
      nodes.push(part.kind === 'literal' ? part : this.#action(part.tokens));
    }
    return nodes;
  }

  #action(tokens: readonly Token[]): Node {
    const word = wordOf(tokens[0]);
    if (word === 'if' || word === 'with' || word === 'range') return this.#control(word, tokens.slice(1));
    const { names, pipe } = this.#assignment(tokens);
    const [name] = names;
    return name === undefined ? { kind: 'print', pipe } : { kind: 'assign', name, pipe };
  }

  #control(kind: 'if' | 'with' | 'range', tokens: readonly Token[]): Node {
    const { names, pipe } = this.#assignment(tokens);
    const body = this.#block();
    const closing = this.#parts[this.#next++];
    if (closing?.kind !== 'action') throw this.#error(`{{${kind}}} needs an {{end}}`);
    if (wordOf(closing.tokens[0]) === 'end') return { kind, names, pipe, body, otherwise: [] };
    const chained = wordOf(closing.tokens[1]);
    if (chained === 'if' || chained === 'with') {
      return { kind, names, pipe, body, otherwise: [this.#control(chained, closing.tokens.slice(2))] };
    }
    const otherwise = this.#block();
    const end = this.#parts[this.#next++];
    if (end?.kind !== 'action' || wordOf(end.tokens[0]) !== 'end')
      throw this.#error(`{{${kind}}} needs an {{end}}`);
    return { kind, names, pipe, body, otherwise };
  }

  /** `$x := pipe`, `$i, $x := pipe` or a pipe alone. */
  #assignment(tokens: readonly Token[]): { names: string[]; pipe: Pipe } {
    const at = tokens.findIndex(({ kind, ...token }) => kind === 'sign' && /=/.test(textIn(token)));
    const names = tokens
      .slice(0, Math.max(at, 0))
      .flatMap((token) => (token.kind === 'path' && token.variable !== undefined ? [token.variable] : []));
    const rest = [...tokens.slice(at + 1)];
    const pipe = this.#pipe(rest);
    if (rest.length > 0) throw this.#error('there is a ")" too many');
    return { names, pipe };
  }

  /** Takes from `tokens` up to a closing parenthesis, which stays. */
  #pipe(tokens: Token[]): Pipe {
    const commands: Operand[][] = [[]];
    while (tokens[0] !== undefined && !isSign(tokens[0], ')')) {
      const token = tokens.shift() as Token;
      if (isSign(token, '|')) commands.push([]);
      else commands.at(-1)?.push(this.#operand(token, tokens));
    }
    if (commands.some((command) => command.length === 0)) throw this.#error('an action is empty');
    return commands;
  }

  #operand(token: Token, tokens: Token[]): Operand {
    switch (token.kind) {
      case 'text':
        return { kind: 'value', value: token.text };
      case 'number':
        return { kind: 'value', value: token.value };
      case 'path':
        return token;
      case 'word':
        return constants.has(token.text)
          ? { kind: 'value', value: constants.get(token.text) }
          : { kind: 'function', name: token.text };
      case 'sign': {
        if (token.text !== '(') throw this.#error(`"${token.text}" is not expected there`);
        const pipe = this.#pipe(tokens);
        if (tokens.shift() === undefined) throw this.#error('a ")" is missing');
        return { kind: 'pipe', pipe };
      }
    }
  }

  #error(why: string) {
    return badTemplate(this.#template, why);
  }
}

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['nil', null],
]);

function wordOf(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text : '';
}

function textIn(token: object): string {
  return 'text' in token ? String(token.text) : '';
}

function isSign(token: Token, text: string): boolean {
  return token.kind === 'sign' && token.text === text;
}
