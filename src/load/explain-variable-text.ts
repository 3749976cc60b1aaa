import { placeJson } from './explain-json.js';
import type { ShowSpan } from './explain-text.js';
import {
  type CandidateSource,
  type ExplainedName,
  type VariableCandidate,
  winnerOf,
} from './explain-variable.js';
import { textColumns } from './text-columns.js';

/** How to show things to the person. */
export interface VariableWords {
  readonly showSpan: ShowSpan;
  readonly showFile: (path: string) => string;
}

/** A table of every source, the one that counts most first; `*` marks the one that wins. */
export function variableText(explained: ExplainedName, words: VariableWords): string {
  const rows = explained.candidates.map((candidate) => [
    `${candidate.state === 'wins' ? '*' : ' '} ${titleOf(candidate, words)}`,
    valueText(candidate),
    candidate.span === undefined ? '' : words.showSpan(candidate.span),
    noteOf(candidate, words),
  ]);
  if (explained.service !== undefined) {
    rows.push(['  ENV of the image', '?', '', 'comes last, and was not looked at']);
  }
  const winner = winnerOf(explained);
  const head = `${nameOf(explained)} ${winner === undefined ? 'is not set' : `= ${valueText(winner)}`}`;
  return [head, '', ...textColumns(rows)].map((line) => `${line}\n`).join('');
}

function noteOf({ note, replaces, namedAt, source }: VariableCandidate, { showSpan }: VariableWords): string {
  if (note !== undefined) return note;
  if (replaces !== undefined) return `replaces ${showSpan(replaces)}`;
  if (namedAt !== undefined && source === 'include-env-file')
    return `only in what ${showSpan(namedAt)} includes`;
  return namedAt === undefined || source === 'environment' ? '' : `named at ${showSpan(namedAt)}`;
}

/** `NAME`, or `SERVICE.NAME`. */
export function nameOf({ name, service }: ExplainedName): string {
  return service === undefined ? name : `${service}.${name}`;
}

function valueText({ state, value }: VariableCandidate): string {
  if (state === 'not-set' || value === undefined) return 'not set';
  return value === '' || /[\s\p{Cc}]/u.test(value) ? JSON.stringify(value) : value;
}

function titleOf({ source, file, from }: VariableCandidate, { showFile }: VariableWords): string {
  const path = file === undefined ? '' : showFile(file);
  if (source === 'bare-name') {
    if (from === undefined) return titles[source];
    return `${titles[source]}, from ${from === 'shell' || from === 'injected' ? titles[from] : path}`;
  }
  return path === '' ? titles[source] : `${titles[source]} ${path}`;
}

const titles: Readonly<Record<CandidateSource, string>> = {
  shell: 'shell',
  'env-file': '--env-file',
  'default-env-file': 'default env file',
  'include-env-file': 'env file of an include',
  injected: 'tscompose itself',
  environment: 'environment, with a value',
  'bare-name': 'environment, name only',
  'service-env-file': 'env_file',
};

/** The same for programs; docs/explain.md has the shape. */
export function variableJson(explained: ExplainedName): string {
  const { name, service, candidates } = explained;
  const document = {
    name,
    ...(service === undefined ? {} : { service }),
    value: winnerOf(explained)?.value ?? null,
    candidates: candidates.map(candidateJson),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function candidateJson(candidate: VariableCandidate): object {
  const { source, from, state, value, file, span, note, replaces, namedAt } = candidate;
  return {
    source,
    ...(from === undefined ? {} : { from }),
    state,
    ...(value === undefined ? {} : { value }),
    ...(span === undefined ? (file === undefined ? {} : { file }) : placeJson(span)),
    ...(replaces === undefined ? {} : { replaces: placeJson(replaces) }),
    ...(namedAt === undefined ? {} : { namedAt: placeJson(namedAt) }),
    ...(note === undefined ? {} : { note }),
  };
}
