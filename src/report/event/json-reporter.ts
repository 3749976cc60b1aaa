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

/** The last words of a command. `error` and `message` are those of docker compose, and stand first. */
export function errorDocument(error: unknown, atMs: number): ProgressDocument {
  const facts = { error: true, ...failureFacts(error) } as const;
  const { message } = facts;
  return documentOf('error', atMs, { error: true, message }, facts);
}

/** JSON leaves in place what turns terminals round: spelled out, it is the same JSON. */
export function documentLine(document: ProgressDocument): string {
  return visibleText(JSON.stringify(document));
}
