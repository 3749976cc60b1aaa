import type { Dirent, Stats } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContextEntry } from '../../model/context-files.js';
import { byName } from '../../model/order.js';
import { BuildPlaceError, CancelledError } from '../../problems/errors.js';
import type { IgnoreRules, IgnoreVerdict } from './ignore-rules.js';
import { type Limit, limitOf } from './limit.js';
import { unreadable } from './read-failure.js';
import { statAll } from './stat-all.js';

/** An entry with what tells a file from another one that came into its place. */
export interface WalkedEntry extends ContextEntry {
  readonly inode: number;
  /** Of content, mode or name; cannot be set back by a program as `modifiedAtMs` can. */
  readonly changedAtMs: number;
}

/** A directory, and what of it a build sees. */
export interface RuledDirectory {
  readonly root: string;
  readonly rules: IgnoreRules;
  /** Where the rules stand: with the directory, it says which rules they are. */
  readonly rulesPath: string | undefined;
}

/** What rules leave of a directory: a look at it, or what somebody has just seen. */
export type LookInto = (directory: RuledDirectory, signal?: AbortSignal) => Promise<readonly WalkedEntry[]>;

const directoriesAtOnce = 16;

interface Walk {
  readonly root: string;
  readonly rules: IgnoreRules;
  readonly limit: Limit;
  readonly signal: AbortSignal | undefined;
}

/** Something in a directory before it was looked at closely. */
interface Found {
  readonly path: string;
  readonly kind: ContextEntry['kind'];
  readonly verdict: IgnoreVerdict;
}

/**
 * All of a directory that rules leave, each directory before what is in it, names in the order of their bytes. Sockets,
 * pipes and devices are left out, as is what vanishes meanwhile. An ignored directory is there only if something in it
 * is excepted. Throws BuildPlaceError for what cannot be read, unless it is ignored.
 */
export async function walkDirectory(
  root: string,
  rules: IgnoreRules,
  signal?: AbortSignal,
): Promise<WalkedEntry[]> {
  return walkBelow('', undefined, { root, rules, limit: limitOf(directoriesAtOnce), signal });
}

async function walkBelow(
  directory: string,
  verdict: IgnoreVerdict | undefined,
  walk: Walk,
): Promise<WalkedEntry[]> {
  const [found, entries] = await walk.limit(() => lookInto(directory, verdict, walk));
  const below = await Promise.all(
    found.map(({ path, kind, verdict }) => (kind === 'directory' ? walkBelow(path, verdict, walk) : [])),
  );
  const all: WalkedEntry[] = [];
  for (const [index, { verdict }] of found.entries()) {
    const entry = entries[index];
    const inIt = below[index] ?? [];
    if (entry === undefined || (verdict.isIgnored && inIt.length === 0)) continue;
    all.push(entry);
    for (const inner of inIt) all.push(inner);
  }
  return all;
}

/** What is in one directory and may matter; entries are undefined where something has vanished or become another kind. */
async function lookInto(
  directory: string,
  verdict: IgnoreVerdict | undefined,
  { root, rules, signal }: Walk,
): Promise<[Found[], (WalkedEntry | undefined)[]]> {
  if (signal?.aborted) throw new CancelledError();
  const found = (await namesIn(directory, root)).flatMap((dirent): Found[] => {
    const kind = kindOf(dirent);
    const path = directory === '' ? dirent.name : `${directory}/${dirent.name}`;
    const own = kind === 'other' ? undefined : rules.judge(path, verdict);
    if (kind === 'other' || own === undefined) return [];
    const isOut = own.isIgnored && !(kind === 'directory' && rules.mayKeepBelow(path));
    return isOut ? [] : [{ path, kind, verdict: own }];
  });
  const looks = statAll(found.map(({ path }) => join(root, path)));
  return [found, await Promise.all(found.map((one, index) => entryOf(one, looks[index], root)))];
}

async function namesIn(directory: string, root: string): Promise<Dirent[]> {
  const path = join(root, directory);
  try {
    return inByteOrder(await readdir(path, { withFileTypes: true }));
  } catch (error) {
    // Of the context itself it would hide that there is none.
    if (directory !== '' && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(path, error);
  }
}

/** JavaScript orders text by UTF-16 units, which differs only where characters beyond the first plane are in it. */
function inByteOrder(found: Dirent[]): Dirent[] {
  return found.some(({ name }) => /[\ud800-\uffff]/.test(name))
    ? found.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    : found.sort(byName);
}

/** undefined: it is gone. A promise only where one more call is needed: there are many of these. */
function entryOf(
  { path, kind }: Found,
  look: Stats | NodeJS.ErrnoException | undefined,
  root: string,
): WalkedEntry | undefined | Promise<WalkedEntry | undefined> {
  if (look === undefined || look instanceof Error) return vanished(join(root, path), look);
  if (kindOf(look) !== kind) return undefined;
  const entry = {
    path,
    kind,
    mode: look.mode & 0o7777,
    sizeBytes: kind === 'file' ? look.size : 0,
    modifiedAtMs: look.mtimeMs,
    linkTarget: undefined,
    changedAtMs: look.ctimeMs,
    inode: look.ino,
  };
  return kind === 'symlink' ? withTarget(entry, join(root, path)) : entry;
}

async function withTarget(entry: WalkedEntry, place: string): Promise<WalkedEntry | undefined> {
  try {
    return { ...entry, linkTarget: await readlink(place) };
  } catch (error) {
    return vanished(place, error as NodeJS.ErrnoException);
  }
}

function vanished(place: string, error: NodeJS.ErrnoException | undefined): undefined {
  if (error !== undefined && error.code !== 'ENOENT') throw unreadable(place, error);
  if (!place.includes('\ufffd')) return undefined;
  // Neither Node nor the engine can say such a name.
  throw new BuildPlaceError(place, `the name of ${place} is not UTF-8`, {
    hint: 'Rename it, or ignore its directory in .dockerignore.',
  });
}

function kindOf(found: Dirent | Stats): ContextEntry['kind'] | 'other' {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'directory';
  return found.isSymbolicLink() ? 'symlink' : 'other';
}
