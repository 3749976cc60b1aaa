import { quotedLine, visibleLines } from '../model/visible-text.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { sortDiagnostics } from '../problems/diagnostic.js';
import {
  ApplyError,
  BlockedError,
  CancelledError,
  ConfigError,
  defectHint,
  TscomposeError,
} from '../problems/errors.js';
import { formatDiagnostic, type SourceTexts } from '../problems/format-diagnostic.js';
import { foldedFailures } from './fold-failures.js';

/**
 * Everything that a failure has to say to a person: each problem with its place, its evidence and a hint. `folded`: a
 * plan that is refused or fails takes no more lines than somebody reads; of mistakes in files each has to be mended.
 */
export function problemText(
  error: unknown,
  sources: SourceTexts,
  length: 'whole' | 'folded' = 'whole',
): string {
  if (error instanceof ConfigError || error instanceof BlockedError || error instanceof ApplyError) {
    const whole = diagnosticsText(error.diagnostics, sources);
    const isFolded = length === 'folded' && !(error instanceof ConfigError);
    return (isFolded ? foldedFailures(error, whole, sources) : undefined) ?? whole;
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
    return `internal   ${message}\n  hint: ${defectHint}`;
  }
  if (error instanceof CancelledError) return error.message;
  const evidence = error.evidence.map((line) => `\n  ${quotedLine(line)}`).join('');
  const hint = error.hint === undefined ? '' : `\n  hint: ${error.hint}`;
  return `${error.code}   ${visibleLines(error.message)}${evidence}${visibleLines(hint)}`;
}
