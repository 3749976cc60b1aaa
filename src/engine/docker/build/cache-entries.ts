/** An entry of `cache_from` or `cache_to`: `user/app:cache`, or `type=local,src=…`. */
export interface CacheEntry {
  readonly type: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** A bare reference means an image at a registry, as with `docker buildx build`. */
export function splitCacheEntry(entry: string): CacheEntry {
  const fields = entry.split(',').map((field) => field.trim());
  if (!fields.some((field) => field.includes('='))) {
    return { type: 'registry', attributes: new Map([['ref', entry.trim()]]) };
  }
  const attributes = new Map(
    fields.map((field) => {
      const at = field.indexOf('=');
      return at === -1 ? [field, ''] : [field.slice(0, at).toLowerCase(), field.slice(at + 1)];
    }),
  );
  const type = attributes.get('type') ?? 'registry';
  attributes.delete('type');
  return { type, attributes };
}
