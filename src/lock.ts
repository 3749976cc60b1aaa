import type { LoadIo, LoadRequest } from './load/load-io.js';
import { loadModel } from './load/load-model.js';
import { emptyLock, formatLock, type LockedImage, type LockFile, parseLock } from './load/lock/lock-file.js';
import { finishLock, type LockChange, type LockRequest, lockWork } from './load/lock/renew-lock.js';
import { fewAtOnce } from './model/few-at-once.js';
import type { Diagnostic } from './problems/diagnostic.js';
import { ConfigError, UsageError } from './problems/errors.js';

export type { LockChange, LockRequest } from './load/lock/renew-lock.js';

/** What `lock` found. Nothing is written: `text` is what `path` should hold. */
export interface LockOutcome {
  /** Absolute path of the lock. */
  readonly path: string;
  readonly text: string;
  /** Whether `path` holds something else now, or is not there. */
  readonly isOutdated: boolean;
  /** By image; what stays as it is too. */
  readonly changes: readonly LockChange[];
  /** Services that are built here, so that no registry says what they run. */
  readonly built: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

export interface LockSession {
  readonly io: LoadIo;
  /** Is told the texts of all files that were read, for messages that point into them. */
  readonly noteTexts?: (texts: ReadonlyMap<string, string>) => void;
  /** Asks the registry of an image what it is now; a lock that is only looked at asks nobody. */
  readonly resolve: 'nobody' | ((image: string) => Promise<LockedImage>);
}

/**
 * Brings a lock up to date with the files: every image that they name, whatever the profiles, by its digest. Throws
 * ConfigError for the files, UsageError for a lock that cannot be read, and what `resolve` throws.
 */
export async function lock(
  files: LoadRequest,
  request: LockRequest,
  { io, resolve, noteTexts }: LockSession,
): Promise<LockOutcome> {
  const result = await loadModel({ ...files, services: request.services, ignoredKeys: 'accept' }, io);
  noteTexts?.(result.texts);
  if (!result.ok) throw new ConfigError(result.diagnostics);
  const { model, warnings } = result;
  const path = model.source.lockPath;
  const [before, text] = await readLock(path, io);
  const work = lockWork(model.allServices, before, request);
  const resolved = resolve === 'nobody' ? new Map() : await resolveAll(work.toResolve, resolve);
  const { lock: after, changes } = finishLock(work, before, resolved);
  const written = formatLock(after);
  const isOutdated = work.isOutdated || written !== text;
  return { path, text: written, isOutdated, changes, built: work.built, warnings };
}

async function readLock(path: string, io: LoadIo): Promise<[LockFile, string | undefined]> {
  const text = await io.readFile(path);
  if (text === undefined) return [emptyLock, undefined];
  const parsed = parseLock(text);
  if (parsed.ok) return [parsed.lock, text];
  throw new UsageError(`${path} is no lock: ${parsed.why}`, {
    code: 'lock/unreadable',
    hint: 'remove it, and run `tscompose lock` to make it anew',
  });
}

/** A few at a time: registries count requests. */
const mostAtOnce = 6;

async function resolveAll(
  images: ReadonlyMap<string, string>,
  resolve: (image: string) => Promise<LockedImage>,
): Promise<Map<string, LockedImage>> {
  return new Map(
    await fewAtOnce([...images], mostAtOnce, async ([key, image]) => [key, await resolve(image)] as const),
  );
}
