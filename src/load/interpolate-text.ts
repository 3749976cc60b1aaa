import { parseTemplate, type TemplatePart, type VariableUse } from './interpolation-syntax.js';

/** The value of a variable; undefined: it is not set. */
export type VariableLookup = (name: string) => string | undefined;

export type InterpolatedText =
  | {
      readonly ok: true;
      readonly value: string;
      /** Variables that were used plainly and are not set, each once, in order: they became empty. */
      readonly unset: readonly string[];
    }
  | {
      readonly ok: false;
      readonly code: 'config/interpolation' | 'config/missing-variable';
      readonly message: string;
      /** The variable that is missing. */
      readonly variable?: string;
    };

/** A variable that a text uses, as `config --variables` lists it. Operands are as written. */
export interface ListedVariable {
  readonly name: string;
  /** It has the form `${NAME:?message}` or `${NAME?message}` somewhere. */
  readonly required: boolean;
  readonly defaultValue: string;
  readonly presenceValue: string;
}

/** Many uses of one long value multiply; no attribute of a real project comes near this many characters. */
export const maximumInterpolatedLength = 8 * 1024 * 1024;

/**
 * Puts the values of variables into a text. Operands are only looked at when they are needed, so that
 * `${A:-${B:?message}}` succeeds when A is set. Values are not searched for variables again.
 * Source: Compose Specification, interpolation.
 */
export function interpolateText(text: string, lookup: VariableLookup): InterpolatedText {
  if (!text.includes('$')) return { ok: true, value: text, unset: [] };
  const template = parseTemplate(text);
  if (!template.ok) return { ok: false, code: 'config/interpolation', message: template.message };
  const evaluation: Evaluation = { lookup, unset: new Set(), remaining: maximumInterpolatedLength };
  try {
    return { ok: true, value: evaluate(template.parts, evaluation), unset: [...evaluation.unset] };
  } catch (error) {
    if (error instanceof InterpolationFailure) return error.result;
    throw error;
  }
}

/** The variables that a text uses, also inside operands, each once and in order; none when it is malformed. */
export function listVariables(text: string): readonly ListedVariable[] {
  const template = text.includes('$') ? parseTemplate(text) : undefined;
  if (template === undefined || !template.ok) return [];
  const found = new Map<string, ListedVariable>();
  collect(template.parts, found);
  return [...found.values()];
}

interface Evaluation {
  readonly lookup: VariableLookup;
  readonly unset: Set<string>;
  /** Characters that may still be produced. */
  remaining: number;
}

/** Leaves the recursion; never leaves this file. */
class InterpolationFailure extends Error {
  readonly result: Extract<InterpolatedText, { ok: false }>;

  constructor(result: Extract<InterpolatedText, { ok: false }>) {
    super(result.message);
    this.result = result;
  }
}

function evaluate(parts: readonly TemplatePart[], evaluation: Evaluation): string {
  let value = '';
  for (const part of parts) value += evaluatePart(part, evaluation);
  return value;
}

function evaluatePart(part: TemplatePart, evaluation: Evaluation): string {
  const value = typeof part === 'string' ? part : evaluateVariable(part, evaluation);
  evaluation.remaining -= value.length;
  if (evaluation.remaining < 0) {
    const limit = `more than ${maximumInterpolatedLength} characters`;
    throw new InterpolationFailure({
      ok: false,
      code: 'config/interpolation',
      message: `the text has ${limit} once its variables are filled in`,
    });
  }
  return value;
}

function evaluateVariable(use: VariableUse, evaluation: Evaluation): string {
  const value = evaluation.lookup(use.name);
  const isPresent = use.operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  switch (use.operator) {
    case '':
      if (value === undefined) evaluation.unset.add(use.name);
      return value ?? '';
    case ':-':
    case '-':
      return isPresent ? (value ?? '') : evaluate(use.operand, evaluation);
    case ':+':
    case '+':
      return isPresent ? evaluate(use.operand, evaluation) : '';
    case ':?':
    case '?':
      if (!isPresent) throw missingVariable(use, value, evaluation);
      return value ?? '';
  }
}

function missingVariable(
  use: VariableUse,
  value: string | undefined,
  evaluation: Evaluation,
): InterpolationFailure {
  const reason = evaluate(use.operand, evaluation);
  const state = value === undefined ? 'is not set' : 'is empty';
  return new InterpolationFailure({
    ok: false,
    code: 'config/missing-variable',
    message: `required variable "${use.name}" ${state}${reason === '' ? '' : `: ${reason}`}`,
    variable: use.name,
  });
}

function collect(parts: readonly TemplatePart[], found: Map<string, ListedVariable>): void {
  for (const part of parts) {
    if (typeof part === 'string') continue;
    const before = found.get(part.name);
    const defaultValue = part.operator.endsWith('-') ? part.operandText : '';
    const presenceValue = part.operator.endsWith('+') ? part.operandText : '';
    found.set(part.name, {
      name: part.name,
      required: part.operator.endsWith('?') || (before?.required ?? false),
      defaultValue: before?.defaultValue || defaultValue,
      presenceValue: before?.presenceValue || presenceValue,
    });
    collect(part.operand, found);
  }
}
