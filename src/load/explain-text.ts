import type { Span, ValuePath } from '../model/span.js';
import type { ExplainedStep, ExplainedValue, ExplainedVariable } from './explained-value.js';
import { textColumns } from './text-columns.js';
import { WireStruct, type WireValue } from './wire/wire-value.js';

/** How to show a place to the person: `compose.yaml:4:5`. */
export type ShowSpan = (span: Span) => string;

/** One line a value: what it is, where it stands, and what happened to it. */
export function explainText(values: readonly ExplainedValue[], show: ShowSpan): string {
  const rows = values.map(({ path, value, span, steps }) => [
    `${pathText(path)} = ${valueText(value)}`,
    span === undefined ? '' : show(span),
    steps.map((step) => stepText(step, show)).join('; '),
  ]);
  return textColumns(rows, 72)
    .map((line) => `${line}\n`)
    .join('');
}

/** As `services.web.ports[0]`; keys that have dots or blanks stand in brackets. */
export function pathText(path: ValuePath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[\w-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

const longestValue = 60;

function valueText(value: WireValue | undefined): string {
  if (value === undefined) return '(removed)';
  if (typeof value === 'string') return shortened(needsQuotes(value) ? JSON.stringify(value) : value);
  if (Array.isArray(value)) return '[]';
  return value instanceof WireStruct || value instanceof Map ? '{}' : String(value);
}

function needsQuotes(text: string): boolean {
  return text === '' || text !== text.trim() || /\p{Cc}/u.test(text);
}

function shortened(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}

function stepText(step: ExplainedStep, show: ShowSpan): string {
  const place = step.span === undefined ? '' : ` ${show(step.span)}`;
  switch (step.rule) {
    case 'replaced':
    case 'overridden':
      return `${step.rule}${place}${beforeText(step, show)}`;
    case 'appended':
      return `appended to${place}`;
    case 'merged':
      return `merged into${place}`;
    case 'anchor':
      return `anchor *${step.name}${place}`;
    case 'extends':
    case 'include':
      return `${step.rule} ${step.name}${place}`;
    case 'env_file':
    case 'label_file':
      return `${step.rule}${place}`;
    case 'interpolated':
      return `interpolated ${(step.variables ?? []).map((variable) => variableText(variable, show)).join(', ')}`;
    case 'reset':
      return `reset${place}`;
    case 'code':
      return 'made by the code here';
    case 'written':
    case 'default':
    case 'implied':
      return step.rule;
  }
}

/** What was replaced may have replaced something itself. */
function beforeText({ before = [] }: ExplainedStep, show: ShowSpan): string {
  const earlier = before.find(({ rule }) => rule === 'replaced' || rule === 'overridden');
  return earlier === undefined ? '' : `, which ${stepText(earlier, show)}`;
}

function variableText({ name, source, span, fallback }: ExplainedVariable, show: ShowSpan): string {
  if (source === undefined)
    return `${name} (not set${fallback === undefined ? '' : ', its default is used'})`;
  return `${name} (${span === undefined ? layerWords[source] : show(span)})`;
}

const layerWords: Readonly<Record<NonNullable<ExplainedVariable['source']>, string>> = {
  shell: 'shell',
  injected: 'tscompose',
  'env-file': 'env file',
  'default-env-file': '.env',
  'include-env-file': 'env file',
};
