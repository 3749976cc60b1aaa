import { hash } from 'node:crypto';
import type { ContextEntry } from '../../model/context-files.js';

/** Raise it when the meaning of a line changes: every context has then changed once. */
const manifestVersion = 1;
const digestLength = 32;

/**
 * All of a context that its result can depend on, a line for each entry: kind and mode, hash of the content or target
 * of the symlink, path. Times are not in it. Entries without a hash have vanished.
 */
export function formatManifest(
  entries: readonly ContextEntry[],
  hashes: ReadonlyMap<string, string>,
  without: string | undefined,
): string {
  const lines: string[] = [`contexts ${manifestVersion}`];
  for (const entry of entries) {
    const content = contentOf(entry, hashes);
    if (content === undefined || entry.path === without) continue;
    lines.push(`${kindAndMode(entry)} ${content} ${JSON.stringify(entry.path)}`);
  }
  return lines.join('\n');
}

export function digestOf(manifest: string): string {
  return hash('sha256', manifest, 'hex').slice(0, digestLength);
}

/** Paths that differ between two manifests, sorted; a directory (with `/`) only where nothing in it differs. */
export function changedPaths(before: string, now: string): string[] {
  const old = linesByPath(before);
  const current = linesByPath(now);
  const changed = [...current].filter(([path, rest]) => old.get(path) !== rest).map(([path]) => path);
  const gone = [...old.keys()].filter((path) => !current.has(path));
  const all = [...changed, ...gone].sort();
  return all.filter((path) => !path.endsWith('/') || !all.some((other) => isBelow(other, path)));
}

function isBelow(path: string, directory: string): boolean {
  return path !== directory && path.startsWith(directory);
}

function contentOf(
  { kind, path, linkTarget }: ContextEntry,
  hashes: ReadonlyMap<string, string>,
): string | undefined {
  if (kind === 'file') return hashes.get(path);
  return kind === 'symlink' ? JSON.stringify(linkTarget) : '-';
}

function kindAndMode({ kind, mode }: ContextEntry): string {
  // The mode of a symlink means nothing, and systems differ in it.
  return kind === 'symlink' ? 'l' : `${kind === 'directory' ? 'd' : 'f'}${mode.toString(8)}`;
}

const line = /^(\S+ (?:"(?:[^"\\]|\\.)*"|\S+)) (".*")$/;

function linesByPath(manifest: string): ReadonlyMap<string, string> {
  return new Map(
    manifest.split('\n').flatMap((text): [string, string][] => {
      const [, rest, path] = line.exec(text) ?? [];
      if (rest === undefined || path === undefined) return [];
      return [[`${JSON.parse(path)}${rest.startsWith('d') ? '/' : ''}`, rest]];
    }),
  );
}
