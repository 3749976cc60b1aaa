import { type Finding, type FindingTopic, findingTopics } from '../model/finding.js';
import { given } from '../model/given.js';
import type { Span } from '../model/span.js';
import { visibleLines } from '../model/visible-text.js';

export interface FindingPaint {
  readonly topic: (text: string) => string;
  readonly ok: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly problem: (text: string) => string;
  readonly quiet: (text: string) => string;
}

export const topicTitles: Readonly<Record<FindingTopic, string>> = {
  tscompose: 'tscompose',
  engine: 'Engine',
  disk: 'Disk of the engine',
  project: 'Project',
  images: 'Images',
  ports: 'Ports',
  files: 'Files and directories',
  containers: 'Containers',
};

const stateWidth = 'problem'.length + 2;

/** A page for people: by topic, each line with its state, and below it where that is and what to do. */
export function findingLines(
  findings: readonly Finding[],
  { paint, showSpan }: { readonly paint: FindingPaint; readonly showSpan: (span: Span) => string },
): string[] {
  const sections = findingTopics.flatMap((topic) => {
    const own = findings.filter((finding) => finding.topic === topic);
    if (own.length === 0) return [];
    return [paint.topic(topicTitles[topic]), ...own.flatMap((each) => linesOf(each, paint, showSpan)), ''];
  });
  return [...sections, verdict(findings)];
}

function linesOf(
  { state, text, advice, span }: Finding,
  paint: FindingPaint,
  showSpan: (span: Span) => string,
): string[] {
  const indent = ' '.repeat(stateWidth + 2);
  return [
    `  ${paint[state](state.padEnd(stateWidth))}${visibleLines(text).replace(/\n/g, `\n${indent}`)}`,
    ...(span === undefined ? [] : [`${indent}${paint.quiet(showSpan(span))}`]),
    ...(advice === undefined ? [] : [`${indent}→ ${visibleLines(advice).replace(/\n/g, `\n${indent}  `)}`]),
  ];
}

function verdict(findings: readonly Finding[]): string {
  const count = (state: Finding['state'], noun: string) => {
    const number = findings.filter((finding) => finding.state === state).length;
    return number === 0 ? [] : [`${number} ${noun}${number === 1 ? '' : 's'}`];
  };
  const parts = [...count('problem', 'problem'), ...count('warning', 'warning')];
  return parts.length === 0 ? 'no problems' : parts.join(', ');
}

/** The same for programs: one document. */
export function findingsJson(findings: readonly Finding[]): string {
  const worst = (['problem', 'warning'] as const).find((state) =>
    findings.some((finding) => finding.state === state),
  );
  const document = {
    schemaVersion: 1,
    result: worst ?? 'ok',
    findings: findings.map(({ topic, check, state, text, advice, span }) => ({
      topic,
      check,
      state,
      text,
      ...given({ advice }),
      ...(span === undefined ? {} : { file: span.file, line: span.line, column: span.column }),
    })),
  };
  return JSON.stringify(document, undefined, 2);
}
