import { closestName } from '../model/closest-name.js';
import type { ProblemList } from './problem-list.js';
import type { SourceFile } from './source-file.js';

/** What the parser says is wrong, structurally: only source-tree.ts knows its package. */
export interface YamlFault {
  readonly code: string;
  readonly message: string;
  /** Character offsets. */
  readonly pos: readonly [number, number];
}

/** The fault as a person would tell it. */
interface YamlWords {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
  /** Where the parser gave up, when the fault began earlier. */
  readonly noticedAt?: number;
}

/** Parser's words that begin like this, and ours. */
const translations: readonly { readonly begins: string; readonly message?: string; readonly hint: string }[] =
  [
    { begins: 'tabs are not allowed', message: 'a tab cannot indent', hint: 'use spaces' },
    {
      begins: 'implicit keys need to be on a single line',
      message: 'a key is due here, and this line has no colon',
      hint: 'write `key: value`, with a blank after the colon',
    },
    {
      begins: 'nested mappings are not allowed in compact',
      message: 'a colon and a blank inside of a text begin another mapping',
      hint: 'put the text in quotes',
    },
    {
      begins: 'all mapping items must start',
      message: 'this line begins in another column than the keys beside it',
      hint: 'indent it like its neighbours',
    },
    {
      begins: 'all sequence items must start',
      message: 'this line begins in another column than the items of its list',
      hint: 'indent it like its neighbours',
    },
    { begins: 'plain value cannot start with', hint: 'put the text in quotes' },
    { begins: 'invalid escape sequence', hint: 'write \\\\ for a backslash, or use single quotes' },
    { begins: 'a block sequence may not be used', hint: 'begin the list on a line of its own' },
  ];

const closers: Readonly<Record<string, string>> = { '[': ']', '{': '}', '"': '"', "'": "'" };

/** Reports a fault of a file whose nodes, as far as they were read, are below `contents`. */
export function reportYamlFault(
  fault: YamlFault,
  contents: unknown,
  file: SourceFile,
  problems: ProblemList,
): void {
  const { message, start, end, hint, noticedAt } = yamlWords(fault, file.text, contents);
  const noticed = noticedAt === undefined ? undefined : { file, start: noticedAt, end: noticedAt };
  problems.error('config/yaml', `this is not valid YAML: ${message}`, {
    place: { file, start, end },
    hint,
    related: noticed === undefined ? [] : [{ message: 'noticed here', place: noticed }],
  });
}

/** What to do about an alias without an anchor. */
export function hintForAlias(name: string, anchors: Iterable<string>): string {
  const similar = closestName(name, anchors);
  return similar === undefined
    ? 'an anchor must stand above its aliases, in the same file'
    : `did you mean *${similar}?`;
}

function yamlWords({ message, pos }: YamlFault, text: string, contents: unknown): YamlWords {
  const said = message.charAt(0).toLowerCase() + message.slice(1);
  if (/^flow (?:map|sequence)\b.* end with|^missing closing/.test(said)) {
    const opened = lastOpened(contents, pos[0], said.startsWith('missing') ? 'quotes' : 'brackets', text);
    if (opened !== undefined) return neverClosed(opened, pos[0], text);
  }
  const known = translations.find(({ begins }) => said.startsWith(begins));
  const start = skipBlanks(text, pos[0]);
  return {
    message: known?.message ?? said,
    start,
    end: Math.max(pos[1], start + 1),
    ...(known === undefined ? {} : { hint: known.hint }),
  };
}

function neverClosed(opened: number, noticedAt: number, text: string): YamlWords {
  const opener = text[opened] ?? '';
  return {
    message: `the ${opener} that begins here is never closed`,
    start: opened,
    end: opened + 1,
    hint: `close it with ${closers[opener]}`,
    noticedAt: skipBlanks(text, noticedAt),
  };
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ') at++;
  return at;
}

/** The shape of the parser's nodes, as far as it matters here. */
interface NodeLike {
  readonly range?: readonly number[] | null;
  readonly items?: readonly unknown[];
  readonly key?: unknown;
  readonly value?: unknown;
}

/** Where the innermost bracket or quote begins that is open at an offset. */
function lastOpened(
  root: unknown,
  offset: number,
  kind: 'brackets' | 'quotes',
  text: string,
): number | undefined {
  const openers = kind === 'brackets' ? '[{' : '"\'';
  let last: number | undefined;
  const waiting: unknown[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { range, items, key, value } = node as NodeLike;
    const start = range?.[0];
    const reaches = (range?.[2] ?? 0) >= offset;
    if (start !== undefined && reaches && openers.includes(text[start] ?? ' ')) {
      last = Math.max(last ?? 0, start);
    }
    for (const below of [...(items ?? []), key, value]) if (below) waiting.push(below);
  }
  return last;
}
