import type { BuildProgress, BuildRequest } from '../../../../../model/build.js';
import type { ContentDescriptor, ContentStore } from '../../../../../model/content-store.js';
import { textOf } from '../../../../../model/text-of.js';
import { EngineError } from '../../../../../problems/errors.js';
import { type CacheEntry, splitCacheEntry } from '../../cache-entries.js';

/** Caches as the engine is told of them, and the directories of the local ones. */
export interface BuildCaches {
  readonly imports: readonly CacheEntry[];
  readonly exports: readonly CacheEntry[];
  /** By the names under which the engine asks for them. */
  readonly stores: ReadonlyMap<string, ContentStore>;
  /** Tags that a cache gets once it is written, by the name of its store. */
  readonly tags: ReadonlyMap<string, string>;
  readonly warnings: readonly BuildProgress[];
}

const usualTag = 'latest';

/** Looks up local caches. One that is not there yet is left out, with a warning. Throws EngineError, BuildPlaceError. */
export async function openCaches(request: BuildRequest): Promise<BuildCaches> {
  const { cacheFrom, cacheTo } = request.build.spec;
  const stores = new Map<string, ContentStore>();
  const tags = new Map<string, string>();
  const imports: CacheEntry[] = [];
  const warnings: BuildProgress[] = [];
  const exports = cacheTo.map(splitCacheEntry);
  for (const { type, attributes } of exports) {
    if (type !== 'local') continue;
    const directory = placeOf(attributes, 'dest', 'cache_to');
    stores.set(storeName(directory), request.openCache(directory, 'cache_to'));
    tags.set(storeName(directory), attributes.get('tag') ?? usualTag);
  }
  for (const entry of cacheFrom.map(splitCacheEntry)) {
    if (entry.type !== 'local') imports.push(entry);
    else {
      const directory = placeOf(entry.attributes, 'src', 'cache_from');
      const store = request.openCache(directory, 'cache_from');
      const found = await withDigest(entry, store);
      if (found === undefined) warnings.push(warningOf(directory, entry));
      else imports.push(found);
      // One that is written too has its errors named for that.
      if (found !== undefined && !stores.has(storeName(directory))) stores.set(storeName(directory), store);
    }
  }
  return { imports, exports, stores, tags, warnings };
}

/** What was written gets its tag. `written`: the last digest of each store, which is that of the manifest. */
export async function tagCaches(caches: BuildCaches, written: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, tag] of caches.tags) {
    const [store, digest] = [caches.stores.get(name), written.get(name)];
    const descriptor = store && digest && (await manifestOf(store, digest));
    if (descriptor) await store.tag(tag, descriptor);
  }
}

function placeOf(attributes: ReadonlyMap<string, string>, name: string, key: string): string {
  const place = attributes.get(name);
  if (place !== undefined && place !== '') return place;
  throw new EngineError('bad-request', `a local cache needs a directory: ${name} is missing`, {
    operation: 'build',
    serviceKey: `build.${key}`,
    hint: `write type=local,${name}=DIRECTORY`,
  });
}

function storeName(directory: string): string {
  return `local:${directory}`;
}

async function withDigest(entry: CacheEntry, store: ContentStore): Promise<CacheEntry | undefined> {
  const { type, attributes } = entry;
  const digest = attributes.get('digest') ?? (await store.find(attributes.get('tag') ?? usualTag))?.digest;
  if (digest === undefined || (await store.sizeOf(digest)) === undefined) return undefined;
  return { type, attributes: new Map([...attributes, ['digest', digest]]) };
}

function warningOf(directory: string, { attributes }: CacheEntry): BuildProgress {
  const what = attributes.get('digest') ?? attributes.get('tag') ?? usualTag;
  const text = `the cache in ${directory} is left out: there is no ${what} in it`;
  return { kind: 'warning', step: 'cache', text, line: undefined, url: undefined };
}

/** Manifests are small; anything else is no manifest. */
const largestManifestBytes = 4 * 1024 * 1024;

async function manifestOf(store: ContentStore, digest: string): Promise<ContentDescriptor | undefined> {
  const sizeBytes = await store.sizeOf(digest);
  if (sizeBytes === undefined || sizeBytes > largestManifestBytes) return undefined;
  try {
    const text = await textOf(store.read(digest, { startBytes: 0, lengthBytes: sizeBytes }));
    const { mediaType } = JSON.parse(text) as { mediaType?: unknown };
    return typeof mediaType === 'string' ? { mediaType, digest, sizeBytes } : undefined;
  } catch {
    return undefined;
  }
}
