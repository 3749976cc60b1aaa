import { createHash } from 'node:crypto';
import type { ContextEntry, ContextFiles } from '../../src/model/context-files.js';

/** Text of a file, a link, or a file with more to say about it. */
export type TestFile =
  | string
  | Uint8Array
  | { readonly link: string }
  | { readonly text: string; readonly mode?: number }
  | { readonly bytes: Uint8Array; readonly mode?: number };

/** A directory in memory that counts what is read of it. */
export interface TestFiles extends ContextFiles {
  /** Content that was read. */
  readonly readBytes: number;
  /** Files that were read, in order. */
  readonly readPaths: readonly string[];
}

/** `files` by path; the directories that they are in come by themselves. */
export function contextFiles(files: Readonly<Record<string, TestFile>>): TestFiles {
  const entries = entriesOf(files);
  const contents = new Map(Object.entries(files).map(([path, file]) => [path, contentOf(file)]));
  const readPaths: string[] = [];
  let readBytes = 0;
  return {
    get readBytes() {
      return readBytes;
    },
    readPaths,
    list: async () => entries,
    async *read(path) {
      const content = contents.get(path);
      if (content === undefined) throw new Error(`there is no file ${path}`);
      readPaths.push(path);
      readBytes += content.length;
      if (content.length > 0) yield content;
    },
  };
}

/** BuildKit takes two files of one size and time for the same: each content has a time of its own. */
function timeOf(content: Uint8Array): number {
  return createHash('sha256').update(content).digest().readUIntBE(0, 5);
}

function entriesOf(files: Readonly<Record<string, TestFile>>): ContextEntry[] {
  const found = new Map<string, ContextEntry>();
  for (const [path, file] of Object.entries(files)) {
    for (const directory of directoriesOf(path)) {
      found.set(directory, { ...entry(directory), kind: 'directory', mode: 0o755 });
    }
    found.set(path, entryOf(path, file));
  }
  const key = (path: string) => path.replaceAll('/', '\0');
  return [...found.values()].sort((a, b) =>
    Buffer.compare(Buffer.from(key(a.path)), Buffer.from(key(b.path))),
  );
}

function entryOf(path: string, file: TestFile): ContextEntry {
  const isPlain = typeof file === 'string' || file instanceof Uint8Array;
  if (!isPlain && 'link' in file)
    return { ...entry(path), kind: 'symlink', mode: 0o777, linkTarget: file.link };
  const content = contentOf(file);
  const mode = (isPlain ? undefined : file.mode) ?? 0o644;
  return { ...entry(path), mode, sizeBytes: content.length, modifiedAtMs: timeOf(content) };
}

function entry(path: string): ContextEntry {
  return { path, kind: 'file', mode: 0o644, sizeBytes: 0, modifiedAtMs: 0, linkTarget: undefined };
}

function contentOf(file: TestFile): Uint8Array {
  if (typeof file === 'string') return Buffer.from(file);
  if (file instanceof Uint8Array) return file;
  if ('bytes' in file) return file.bytes;
  return 'text' in file ? Buffer.from(file.text) : new Uint8Array();
}

function directoriesOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
