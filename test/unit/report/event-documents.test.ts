import { describe, expect, test } from 'vitest';
import type { ProgressEvent } from '../../../src/model/progress.js';
import { documentLine, errorDocument, jsonReporter } from '../../../src/report/event/json-reporter.js';
import type { DocumentKind } from '../../../src/report/event/progress-document.js';
import { clock, eventKinds, eventLines, eventProblems, eventSchema } from '../../support/event-documents.js';
import { eventSamples } from '../../support/event-samples.js';
import { planSchema } from '../../support/plan-schema.js';

/** The compiler asks for each kind. */
const documentKinds: Readonly<Record<DocumentKind, true>> = {
  'plan-started': true,
  'plan-note': true,
  'step-started': true,
  'step-progress': true,
  'step-retry': true,
  'build-progress': true,
  'step-done': true,
  'step-failed': true,
  'step-skipped': true,
  'step-cancelled': true,
  'plan-ended': true,
  'pass-started': true,
  'pass-planned': true,
  'pass-ended': true,
  'files-invalid': true,
  'files-valid': true,
  'container-held': true,
  'container-unhealthy': true,
  'engine-lost': true,
  'engine-back': true,
  'watch-note': true,
  'watch-enabled': true,
  'watch-disabled': true,
  'watch-acting': true,
  'watch-acted': true,
  'watch-failed': true,
  'watch-exec-ended': true,
  warning: true,
  message: true,
  debug: true,
  error: true,
};

const samples = Object.values<readonly ProgressEvent[]>(eventSamples).flat();
const sampleLines = eventLines(samples);

describe('the schema of events', () => {
  test('knows every kind of document, in the order in which they are told of', () => {
    expect(eventKinds.map(({ kind }) => kind)).toEqual(Object.keys(documentKinds));
  });

  test('takes plans, steps, reasons and notes for what the schema of plans takes them for', () => {
    const { type, required, properties } = planSchema;
    const { plan, ...shared } = eventSchema.definitions;
    expect([plan, shared]).toMatchObject([{ type, required, properties }, planSchema.definitions ?? {}]);
  });
});

test.each(Object.keys(eventSamples) as ProgressEvent['kind'][])('%s is told as the schema says', (kind) => {
  const lines = eventLines([...eventSamples[kind]]);
  const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
  expect({ isTold: kinds.includes(kind), problems: lines.flatMap(eventProblems) }).toEqual({
    isTold: true,
    problems: [],
  });
});

test('warnings, messages and errors are told as the schema says', () => {
  const lines: string[] = [];
  const reporter = jsonReporter((line) => lines.push(line), clock);
  reporter.warn('beware');
  reporter.warn('beware', { code: 'config/obsolete', span: { file: '/a', line: 1, column: 2, length: 1 } });
  reporter.tell({ id: 'Container a', status: 'Done', text: 'Committed', details: 'as x' });
  const failures = [
    new Error('a defect'),
    ...eventSamples['step-failed'].map(({ error }) => error),
    ...eventSamples['files-invalid'].map(({ error }) => error),
  ];
  lines.push(...failures.map((error) => documentLine(errorDocument(error, 0))));
  expect(lines.flatMap(eventProblems)).toEqual([]);
});

test('what is secret in a plan, a provider or a command is in no document', () => {
  expect(sampleLines.filter((line) => line.includes('canary'))).toEqual([]);
});

test('a document begins with the members of docker compose', () => {
  expect(eventLines([...eventSamples['step-done']])[0]).toBe(
    '{"id":"Container app-web-1","status":"Done","text":"Started","schemaVersion":1,"kind":"step-done","atMs":5,' +
      '"time":"1970-01-01T00:00:00.005Z","step":{"id":1,"kind":"start-container","title":"start container app-web-1",' +
      '"service":"web","container":"app-web-1","reason":{"kind":"not-running","state":"exited","exitCode":3}}}',
  );
});

test('an error begins with the members of docker compose', () => {
  const line = documentLine(errorDocument(new Error('a defect'), 0));
  expect(line.startsWith('{"error":true,"message":"a defect","schemaVersion":1,"kind":"error",')).toBe(true);
});

test('what is no news for people has no words', () => {
  const [document] = eventLines([...eventSamples['step-skipped']]).map((line) => JSON.parse(line) as object);
  expect(Object.keys(document ?? {})).toEqual([
    ...['id', 'schemaVersion', 'kind', 'atMs', 'time', 'step', 'because'],
  ]);
});

test('the end of a plan tells how many of its steps ended how, and how long it took', () => {
  const {
    'plan-started': began,
    'step-done': done,
    'step-skipped': skipped,
    'plan-ended': ended,
  } = eventSamples;
  const last = eventLines([...began, ...done, ...skipped, ...ended]).at(-1) ?? '';
  expect(JSON.parse(last)).toMatchObject({
    durationMs: 500,
    steps: { done: 3, failed: 0, skipped: 1, cancelled: 0 },
  });
});

test('a line holds no character that a terminal acts on', () => {
  const [event] = eventSamples['engine-lost'].map((each) => ({
    ...each,
    message: 'a\u001b[2Jb\u009bc\u202ed',
  }));
  const [line = ''] = eventLines(event === undefined ? [] : [event]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  expect([/[\u0000-\u001f\u007f-\u009f\u202e]/.test(line), JSON.parse(line)]).toMatchObject([
    false,
    { message: 'a\u001b[2Jb\u009bc\u202ed' },
  ]);
});
