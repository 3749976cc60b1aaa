import type { Span } from '../model/span.js';
import { quotedLine, visibleLines, visibleText } from '../model/visible-text.js';
import { codeFrame } from './code-frame.js';
import type { Diagnostic } from './diagnostic.js';

export interface SourceTexts {
  /** The text of a file that was read, or undefined. */
  textOf(file: string): string | undefined;
  /** How to show a file to the person, usually relative to where they stand. */
  displayName(file: string): string;
}

/**
 * `compose.yaml:4:5  config/unknown-key   message`, the code frame, related places and the hint. `known`: whoever shows it
 * says by itself that it is a warning.
 */
export function formatDiagnostic(
  diagnostic: Diagnostic,
  sources: SourceTexts,
  severityIs: 'told' | 'known' = 'told',
): string {
  const place = diagnostic.span === undefined ? '' : `${formatSpan(diagnostic.span, sources)}  `;
  const severity = diagnostic.severity === 'warning' && severityIs === 'told' ? 'warning  ' : '';
  const parts = [`${place}${severity}${diagnostic.code}   ${visibleLines(diagnostic.message)}`];
  const frame = frameOf(diagnostic, sources);
  if (frame !== undefined) parts.push(frame);
  for (const { message, span } of diagnostic.related ?? []) {
    parts.push(`  ${formatSpan(span, sources)}  ${visibleLines(message)}`);
  }
  for (const line of diagnostic.evidence ?? []) parts.push(`  ${quotedLine(line)}`);
  if (diagnostic.hint !== undefined) parts.push(`  hint: ${visibleLines(diagnostic.hint)}`);
  return parts.join('\n');
}

export function formatSpan(span: Span, sources: SourceTexts): string {
  return `${visibleText(sources.displayName(span.file))}:${span.line}:${span.column}`;
}

function frameOf({ code, span }: Diagnostic, sources: SourceTexts): string | undefined {
  const text = span === undefined ? undefined : sources.textOf(span.file);
  if (span === undefined || text === undefined) return undefined;
  return codeFrame(text, span, code === 'config/env-file' ? 'env-file' : 'compose-file')
    .split('\n')
    .map((row) => `  ${row}`.trimEnd())
    .join('\n');
}
