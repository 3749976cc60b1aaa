import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program of a page. */
export interface Snippet {
  /** `library.md:42`: where it begins. */
  readonly name: string;
  readonly text: string;
  /** What the page says that it prints; undefined: the page says nothing about it. */
  readonly output: string | undefined;
}

interface Block {
  readonly language: string;
  readonly line: number;
  readonly text: string;
}

const docs = join(import.meta.dirname, '../../docs');

/** The blocks in TypeScript of a page. What comes next as `text` is what they print. Blocks in `js` are of others. */
export function snippetsOf(page: string): Snippet[] {
  const blocks = blocksOf(readFileSync(join(docs, page), 'utf8'));
  return blocks.flatMap(({ language, line, text }, at) => {
    if (language !== 'ts') return [];
    const next = blocks[at + 1];
    return { name: `${page}:${line}`, text, output: next?.language === 'text' ? next.text : undefined };
  });
}

/** Files that a page names behind the language of a block: what its programs stand beside. */
export function filesOf(page: string): ReadonlyMap<string, string> {
  const blocks = blocksOf(readFileSync(join(docs, page), 'utf8'));
  return new Map(
    blocks.flatMap(({ language, text }) => {
      const [, name] = language.split(' ');
      return name === undefined ? [] : [[name, text] as const];
    }),
  );
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\S[^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ({ 1: language = '', 2: text = '', index }) => ({
      language,
      text,
      line: markdown.slice(0, index).split('\n').length + 1,
    }),
  );
}
