import { formatValuePath, type Span } from '../model/span.js';
import type { ExplainedStep, ExplainedValue } from './explained-value.js';
import { WireStruct, type WireValue } from './wire/wire-value.js';

/** The explanation for programs; docs/explain.md has the shape. */
export function explainJson(project: string, values: readonly ExplainedValue[]): string {
  const document = { project, values: values.map(valueJson) };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function valueJson({ path, value, span, steps }: ExplainedValue): object {
  return {
    path,
    name: formatValuePath(path),
    ...(value === undefined ? {} : { value: plain(value) }),
    rule: steps[0]?.rule ?? 'written',
    ...(span === undefined ? {} : placeJson(span)),
    steps: steps.map(stepJson),
  };
}

function stepJson({ rule, span, name, variables, before }: ExplainedStep): object {
  return {
    rule,
    ...(name === undefined ? {} : { name }),
    ...(span === undefined ? {} : placeJson(span)),
    ...(variables === undefined
      ? {}
      : {
          variables: variables.map(({ name, source, span }) => ({
            name,
            source: source ?? null,
            ...(span === undefined ? {} : placeJson(span)),
          })),
        }),
    ...(before === undefined ? {} : { before: before.map(stepJson) }),
  };
}

/** The parts of a span that programs need. */
export function placeJson({ file, line, column }: Span): object {
  return { file, line, column };
}

function plain(value: WireValue): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return [];
  return value instanceof WireStruct || value instanceof Map ? {} : value;
}
