import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../engine/engine.js';
import { readTar, type TarEntry } from '../../engine/tar.js';
import { fewAtOnce } from '../../model/few-at-once.js';
import { EngineError } from '../../problems/errors.js';
import type { Upload } from './route-changes.js';
import { counts, mayCountBelow, placeInContainer, type ScopedRule } from './scoped-rule.js';
import type { EntryKind, TreeReader } from './tree-reader.js';

const readsAtOnce = 4;

/**
 * What of a rule's files a container does not have, or has differently: told by content, mode and kind, never by times.
 * Files that only the container has are its own affair. Needs no program in the container.
 */
export async function differingFiles(
  containerId: string,
  rule: ScopedRule,
  { engine, reader }: { readonly engine: Engine; readonly reader: TreeReader },
  signal?: AbortSignal,
): Promise<Upload[]> {
  const wanted = new Map<string, Upload>();
  const covers = await coversOf(rule.rule.path, rule, wanted, reader);
  await dropSame(containerId, covers, wanted, { engine, reader }, signal);
  return [...wanted.values()];
}

/** The same question about single files and directories. */
export async function differingUploads(
  containerId: string,
  uploads: readonly Upload[],
  { engine, reader }: { readonly engine: Engine; readonly reader: TreeReader },
  signal?: AbortSignal,
): Promise<Upload[]> {
  const wanted = new Map(uploads.map((upload) => [upload.to, upload]));
  const files = uploads.filter(({ kind }) => kind !== 'directory').map(({ to }) => to);
  await dropSame(containerId, files, wanted, { engine, reader }, signal);
  await Promise.all(
    uploads.map(async ({ to, kind }) => {
      if (kind !== 'directory') return;
      if ((await engine.archives.stat(containerId, to, signal))?.kind === 'directory') wanted.delete(to);
    }),
  );
  return [...wanted.values()];
}

async function dropSame(
  containerId: string,
  covers: readonly string[],
  wanted: Map<string, Upload>,
  tools: { readonly engine: Engine; readonly reader: TreeReader },
  signal: AbortSignal | undefined,
): Promise<void> {
  await fewAtOnce(covers, readsAtOnce, async (cover) => {
    for await (const place of samePlaces(containerId, cover, wanted, tools, signal)) wanted.delete(place);
  });
}

/**
 * Places in the container that together hold all that counts and little else: what the rule ignores may be large there.
 * Fills `wanted`, by place.
 */
async function coversOf(
  path: string,
  rule: ScopedRule,
  wanted: Map<string, Upload>,
  reader: TreeReader,
): Promise<string[]> {
  const look = await reader.look(path);
  if (look === undefined) return [];
  if (look.kind !== 'directory') return want(path, look.kind, rule, wanted);
  const { covers } = await coverDirectory(path, rule, wanted, reader, 'apart');
  return covers;
}

/** `apart`: each thing in it for itself, although nothing of it is ignored. */
async function coverDirectory(
  directory: string,
  rule: ScopedRule,
  wanted: Map<string, Upload>,
  reader: TreeReader,
  how: 'apart' | 'as-one',
): Promise<{ covers: string[]; isWhole: boolean }> {
  const covers: string[] = [];
  let isWhole = true;
  for (const { name, kind } of await reader.list(directory)) {
    const path = join(directory, name);
    if (kind === 'directory' && !mayCountBelow(rule, path)) isWhole = false;
    else if (kind !== 'directory') covers.push(...want(path, kind, rule, wanted));
    else {
      want(path, kind, rule, wanted);
      const below = await coverDirectory(path, rule, wanted, reader, 'as-one');
      covers.push(...below.covers);
      isWhole &&= below.isWhole;
    }
  }
  const place = placeInContainer(rule, directory);
  return isWhole && how === 'as-one' && place !== undefined
    ? { covers: [place], isWhole }
    : { covers, isWhole };
}

function want(path: string, kind: EntryKind, rule: ScopedRule, wanted: Map<string, Upload>): string[] {
  const to = placeInContainer(rule, path);
  if (to === undefined || !counts(rule, path)) return [];
  wanted.set(to, { from: path, to, kind });
  return [to];
}

/** Places at and below a cover where the container has what we have. */
async function* samePlaces(
  containerId: string,
  cover: string,
  wanted: ReadonlyMap<string, Upload>,
  { engine, reader }: { readonly engine: Engine; readonly reader: TreeReader },
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const above = cover.slice(0, cover.lastIndexOf('/') + 1);
  let archive: AsyncIterable<Uint8Array>;
  try {
    archive = await engine.archives.read(containerId, cover, signal);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return;
    throw error;
  }
  for await (const entry of readTar(archive)) {
    const place = `${above}${entry.header.path}`.replace(/\/$/, '');
    const upload = wanted.get(place);
    if (upload !== undefined && (await isSame(entry, upload, reader))) yield place;
  }
}

async function isSame(
  { header, content }: TarEntry,
  { from, kind }: Upload,
  reader: TreeReader,
): Promise<boolean> {
  const look = await reader.look(from);
  if (look === undefined || look.kind !== kind || header.kind !== kind) return false;
  if (kind === 'directory') return true;
  if (kind === 'symlink') return (await reader.linkTarget(from)) === header.linkTarget;
  if (look.sizeBytes !== header.sizeBytes || (look.mode & 0o7777) !== (header.mode & 0o7777)) return false;
  // One that goes meanwhile is not the same.
  const own = digestOf(createReadStream(from)).catch(() => undefined);
  const [ours, theirs] = await Promise.all([own, digestOf(content)]);
  return ours === theirs;
}

async function digestOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
