import { UsageError } from '../problems/errors.js';
import { isTrue, show, type TemplateFunction, templateFunctions } from './go-template-functions.js';
import { type Command, type Node, type Operand, type Pipe, parseTemplate } from './go-template-parse.js';

/**
 * The part of Go's text templates that `--format` of docker is used with: fields, methods such as `.Label "key"`,
 * pipes, functions, variables, `if`, `with` and `range`.
 */
export interface Template {
  /** Throws UsageError for a field or function that there is not. */
  render(data: unknown, functions?: Readonly<Record<string, TemplateFunction>>): string;
}

/** Throws UsageError for a text that is no template. */
export function compileTemplate(text: string): Template {
  const nodes = parseTemplate(text);
  return {
    render: (data, functions = templateFunctions) => new Run(functions, data).nodes(nodes, data),
  };
}

class Run {
  readonly #functions: Readonly<Record<string, TemplateFunction>>;
  readonly #variables = new Map<string, unknown>();

  constructor(functions: Readonly<Record<string, TemplateFunction>>, data: unknown) {
    this.#functions = functions;
    this.#variables.set('$', data);
  }

  nodes(nodes: readonly Node[], dot: unknown): string {
    return nodes.map((node) => this.#node(node, dot)).join('');
  }

  #node(node: Node, dot: unknown): string {
    switch (node.kind) {
      case 'literal':
        return node.text;
      case 'print':
        return show(this.#pipe(node.pipe, dot));
      case 'assign':
        this.#variables.set(node.name, this.#pipe(node.pipe, dot));
        return '';
      case 'range':
        return this.#range(node, dot);
      default: {
        const value = this.#pipe(node.pipe, dot);
        for (const name of node.names) this.#variables.set(name, value);
        if (!isTrue(value)) return this.nodes(node.otherwise, dot);
        return this.nodes(node.body, node.kind === 'with' ? value : dot);
      }
    }
  }

  #range({ names, pipe, body, otherwise }: Extract<Node, { names: unknown }>, dot: unknown): string {
    const value = this.#pipe(pipe, dot);
    const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(value)
      ? [...value.entries()]
      : Object.entries(value ?? {});
    if (entries.length === 0) return this.nodes(otherwise, dot);
    const [first = '', second] = names;
    return entries
      .map(([key, item]) => {
        this.#variables.set(first, second === undefined ? item : key);
        if (second !== undefined) this.#variables.set(second, item);
        return this.nodes(body, item);
      })
      .join('');
  }

  #pipe(pipe: Pipe, dot: unknown): unknown {
    let piped: readonly unknown[] = [];
    for (const command of pipe) piped = [this.#command(command, dot, piped)];
    return piped[0];
  }

  #command([first, ...operands]: Command, dot: unknown, piped: readonly unknown[]): unknown {
    if (first === undefined) return undefined;
    const args = [...operands.map((operand) => this.#operand(operand, dot)), ...piped];
    if (first.kind === 'function') return this.#function(first.name)(...args);
    const value = this.#operand(first, dot);
    return typeof value === 'function' ? (value as TemplateFunction)(...args) : value;
  }

  #operand(operand: Operand, dot: unknown): unknown {
    switch (operand.kind) {
      case 'value':
        return operand.value;
      case 'function':
        return this.#function(operand.name)();
      case 'pipe':
        return this.#pipe(operand.pipe, dot);
      case 'path': {
        const { variable, fields } = operand;
        return fields.reduce(fieldOf, variable === undefined ? dot : this.#variable(variable));
      }
    }
  }

  #function(name: string): TemplateFunction {
    const found = Object.hasOwn(this.#functions, name) ? this.#functions[name] : undefined;
    if (found !== undefined) return found;
    throw new UsageError(`templates have no function "${name}"`, {
      hint: `there are ${Object.keys(this.#functions).join(', ')}`,
    });
  }

  #variable(name: string): unknown {
    if (this.#variables.has(name)) return this.#variables.get(name);
    throw new UsageError(`the template uses the variable ${name} before it has a value`);
  }
}

function fieldOf(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null) throw noField(field, []);
  if (!Object.hasOwn(value, field)) throw noField(field, Object.keys(value));
  return Reflect.get(value, field);
}

function noField(field: string, known: readonly string[]): UsageError {
  const hint = known.length === 0 ? {} : { hint: `there are ${known.join(', ')}` };
  return new UsageError(`there is no field ".${field}" here`, hint);
}
