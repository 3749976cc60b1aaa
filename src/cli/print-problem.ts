import type { Diagnostic } from '../problems/diagnostic.js';
import { sortDiagnostics } from '../problems/diagnostic.js';
import { ApplyError, BlockedError, CancelledError, ConfigError, TscomposeError } from '../problems/errors.js';
import { formatDiagnostic, type SourceTexts } from '../problems/format-diagnostic.js';

/** Everything that a failure has to say to a person: each problem with its place, its evidence and a hint. */
export function problemText(error: unknown, sources: SourceTexts): string {
  if (error instanceof ConfigError || error instanceof BlockedError || error instanceof ApplyError) {
    return diagnosticsText(error.diagnostics, sources);
  }
  return plainText(error);
}

function diagnosticsText(diagnostics: readonly Diagnostic[], sources: SourceTexts): string {
  return sortDiagnostics(diagnostics)
    .map((diagnostic) => formatDiagnostic(diagnostic, sources))
    .join('\n\n');
}

function plainText(error: unknown): string {
  if (!(error instanceof TscomposeError)) {
    const message = error instanceof Error ? error.message : String(error);
    return `internal   ${message}\n  hint: this is a defect of tscompose; run again with TSCOMPOSE_DEBUG=1 for the stack`;
  }
  if (error instanceof CancelledError) return error.message;
  const evidence = error.evidence.map((line) => `\n  ${line}`).join('');
  const hint = error.hint === undefined ? '' : `\n  hint: ${error.hint}`;
  return `${error.code}   ${error.message}${evidence}${hint}`;
}
