/** `''` stands for the plain forms `$NAME` and `${NAME}`. */
export type VariableOperator = '' | ':-' | '-' | ':?' | '?' | ':+' | '+';

/** One use of a variable in a text. */
export interface VariableUse {
  readonly name: string;
  readonly operator: VariableOperator;
  /** What follows the operator: a default, a replacement or an error message; it may use variables itself. */
  readonly operand: readonly TemplatePart[];
  /** The operand as it was written. */
  readonly operandText: string;
}

/** Literal text, or a variable to put in its place. */
export type TemplatePart = string | VariableUse;

export type ParsedTemplate =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly message: string };

/** Real files nest two or three levels; beyond this a text is an attack on the stack, not a default. */
export const maximumNesting = 50;

const namePattern = /[_a-zA-Z][_a-zA-Z0-9]*/y;
const operators: readonly VariableOperator[] = [':-', ':?', ':+', '-', '?', '+'];

/**
 * Splits a text into literal parts and uses of variables: `$NAME`, `${NAME}`, `${NAME<operator><operand>}` with
 * nested operands. `$$` is a literal `$`, and a `$` before anything else stays as it is.
 */
export function parseTemplate(text: string): ParsedTemplate {
  const reader: Reader = { text, position: 0 };
  try {
    return { ok: true, parts: readParts(reader, 0) };
  } catch (error) {
    if (error instanceof TemplateProblem) return { ok: false, message: error.message };
    throw error;
  }
}

interface Reader {
  readonly text: string;
  position: number;
}

/** Leaves the recursion; never leaves this file. */
class TemplateProblem extends Error {}

/** Reads up to the end of the text or, inside an operand, up to the brace that closes it. */
function readParts(reader: Reader, nesting: number): TemplatePart[] {
  const { text } = reader;
  const parts: TemplatePart[] = [];
  let literalStart = reader.position;
  let openBraces = 0;
  const endLiteral = (): void => {
    if (reader.position > literalStart) parts.push(text.slice(literalStart, reader.position));
  };
  while (reader.position < text.length) {
    const character = text[reader.position];
    if (character === '$') {
      endLiteral();
      parts.push(readDollar(reader, nesting));
      literalStart = reader.position;
      continue;
    }
    if (nesting > 0 && character === '}') {
      if (openBraces === 0) break;
      openBraces--;
    }
    // Braces of an operand pair up, so that a default may be JSON: ${A:-{"a": 1}}
    if (nesting > 0 && character === '{') openBraces++;
    reader.position++;
  }
  endLiteral();
  return parts;
}

function readDollar(reader: Reader, nesting: number): TemplatePart {
  const next = reader.text[reader.position + 1];
  if (next === '$') {
    reader.position += 2;
    return '$';
  }
  if (next === '{') return readBraced(reader, nesting);
  reader.position++;
  const name = readName(reader);
  return name === undefined ? '$' : { name, operator: '', operand: [], operandText: '' };
}

function readBraced(reader: Reader, nesting: number): VariableUse {
  const start = reader.position;
  if (nesting >= maximumNesting) {
    throw new TemplateProblem(`variables are nested more than ${maximumNesting} levels deep`);
  }
  reader.position += 2;
  const name = readName(reader);
  if (name === undefined) throw malformed(reader.text, start, 'a variable name must follow "${"');
  const operator = readOperator(reader);
  const operandStart = reader.position;
  const operand = operator === '' ? [] : readParts(reader, nesting + 1);
  const operandText = reader.text.slice(operandStart, reader.position);
  if (reader.text[reader.position] !== '}') {
    const isOpen = operator !== '' || reader.position === reader.text.length;
    const expected = isOpen
      ? 'the closing "}" is missing'
      : `after "${name}" must come "}" or one of ${operators.join(' ')}`;
    throw malformed(reader.text, start, expected);
  }
  reader.position++;
  return { name, operator, operand, operandText };
}

function readName(reader: Reader): string | undefined {
  namePattern.lastIndex = reader.position;
  const name = namePattern.exec(reader.text)?.[0];
  reader.position += name?.length ?? 0;
  return name;
}

function readOperator(reader: Reader): VariableOperator {
  const operator = operators.find((candidate) => reader.text.startsWith(candidate, reader.position)) ?? '';
  reader.position += operator.length;
  return operator;
}

function malformed(text: string, start: number, expected: string): TemplateProblem {
  const end = text.indexOf('}', start);
  const written = text.slice(start, end === -1 ? undefined : end + 1);
  const shown = written.length > 60 ? `${written.slice(0, 57)}...` : written;
  return new TemplateProblem(
    `${JSON.stringify(shown)} is not a valid variable: ${expected}; write "$$" for a plain "$"`,
  );
}
