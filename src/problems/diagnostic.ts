import type { Span, ValuePath } from '../model/span.js';
import type { ProblemCode } from './codes.js';

/** Something to say about a file: a value, not an exception. A load returns all of them at once. */
export interface Diagnostic {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  /** One sentence without a full stop that names the service and attribute. */
  readonly message: string;
  readonly span?: Span;
  /** Where in the model: `services.web.ports`. */
  readonly path?: ValuePath;
  /** Other places that have a part in it, such as the first definition of a duplicate. */
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
  /** Lines that show the cause: last output of a probe, the end of a log. */
  readonly evidence?: readonly string[];
  /** What the person can do about it. */
  readonly hint?: string;
}

/** By file in order of first appearance, then line and column; those without a place come last. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const fileOrder = new Map<string, number>();
  for (const { span } of diagnostics) {
    if (span !== undefined && !fileOrder.has(span.file)) fileOrder.set(span.file, fileOrder.size);
  }
  const rank = (diagnostic: Diagnostic): [number, number, number] =>
    diagnostic.span === undefined
      ? [Number.POSITIVE_INFINITY, 0, 0]
      : [fileOrder.get(diagnostic.span.file) ?? 0, diagnostic.span.line, diagnostic.span.column];
  return [...diagnostics].sort((a, b) => {
    const left = rank(a);
    const right = rank(b);
    for (let i = 0; i < 3; i++) {
      const difference = (left[i] as number) - (right[i] as number);
      if (difference !== 0 && !Number.isNaN(difference)) return difference;
    }
    return 0;
  });
}
