import type { Span } from '../../model/span.js';
import { formatValuePath } from '../../model/span.js';
import type { ProblemCode } from '../../problems/codes.js';
import { type Diagnostic, sortDiagnostics } from '../../problems/diagnostic.js';
import { ApplyError, BlockedError, ConfigError, TscomposeError } from '../../problems/errors.js';

/** A place in a file; lines and columns count from 1. */
export interface PlaceFacts {
  /** Absolute path. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing that is wrong, as `config --format json` tells it. */
export interface ProblemFacts extends PlaceFacts {
  readonly code: ProblemCode;
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  /** In the model: `services.web.ports[0]`. */
  readonly path?: string;
  /** Lines that show the cause. */
  readonly evidence?: readonly string[];
  readonly hint?: string;
  /** Other places that have a part in it. */
  readonly related?: readonly (PlaceFacts & { readonly message: string })[];
}

export interface FailureFacts {
  readonly code: ProblemCode;
  readonly message: string;
  readonly evidence?: readonly string[];
  readonly hint?: string;
  /** Everything that is wrong, where it can be several things. */
  readonly problems?: readonly ProblemFacts[];
}

/** What a failure has to say, for programs. */
export function failureFacts(error: unknown): FailureFacts {
  if (!(error instanceof TscomposeError)) {
    return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
  }
  const { code, message, hint, evidence } = error;
  if (error instanceof ConfigError || error instanceof BlockedError || error instanceof ApplyError) {
    const problems = sortDiagnostics(error.diagnostics).map(problemFacts);
    return { code, message: problems.map((problem) => problem.message).join('\n') || message, problems };
  }
  return {
    code,
    message,
    ...(evidence.length === 0 ? {} : { evidence }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function problemFacts(diagnostic: Diagnostic): ProblemFacts {
  const { code, severity, message, span, path, evidence = [], hint, related = [] } = diagnostic;
  return {
    code,
    severity,
    message,
    ...placeFacts(span),
    ...(path === undefined ? {} : { path: formatValuePath(path) }),
    ...(evidence.length === 0 ? {} : { evidence }),
    ...(hint === undefined ? {} : { hint }),
    ...(related.length === 0
      ? {}
      : { related: related.map((place) => ({ message: place.message, ...placeFacts(place.span) })) }),
  };
}

export function placeFacts(span: Span | undefined): PlaceFacts {
  return span === undefined ? {} : { file: span.file, line: span.line, column: span.column };
}
