import type { Clock } from '../../model/clock.js';
import { visibleText } from '../../model/visible-text.js';
import type { Reporter, WriteLine } from '../reporter.js';
import { failureFacts, placeFacts } from './failure-facts.js';
import { documentOf, type ProgressDocument } from './progress-document.js';
import { type DocumentWords, progressDocuments, warningWords, wordsOf } from './progress-documents.js';

/** One document a line, as schema/events.schema.json says; the first members are those of docker compose. */
export function jsonReporter(write: WriteLine, clock: Clock, words: DocumentWords = {}): Reporter {
  const documentsOf = progressDocuments(words);
  const put = (document: ProgressDocument) => write(documentLine(document));
  return {
    report: (event) => documentsOf(event).forEach(put),
    tell: (line) => put(documentOf('message', clock.nowMs(), wordsOf(line), {})),
    warn: (text, { code, span } = {}) => {
      const facts = { ...(code === undefined ? {} : { code }), ...placeFacts(span) };
      put(documentOf('warning', clock.nowMs(), warningWords(text), facts));
    },
    conclude: () => {},
  };
}

/** The last words of a command. `message` and `error` are those of docker compose. */
export function errorDocument(error: unknown, atMs: number): ProgressDocument {
  return documentOf('error', atMs, {}, { error: true, ...failureFacts(error) });
}

/** JSON leaves in place what turns terminals round: spelled out, it is the same JSON. */
export function documentLine(document: ProgressDocument): string {
  return visibleText(JSON.stringify(document));
}
