import type { ContentDescriptor } from '../../model/content-store.js';
import { BuildPlaceError } from '../../problems/errors.js';

/** `index.json` of a layout, as much of it as we know; the rest stays as it is. Source: OCI image-spec, image-index.md. */
export interface LayoutIndex {
  readonly manifests?: readonly IndexEntry[];
}

interface IndexEntry {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

const tagKey = 'org.opencontainers.image.ref.name';
/** Whole names, as containerd writes them. They win over tags. */
const nameKey = 'io.containerd.image.name';

const emptyIndex = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] };

/** undefined: there is no such file. Throws BuildPlaceError for what is no index. */
export function parseIndex(text: string | undefined, path: string): LayoutIndex {
  if (text === undefined || text.trim() === '') return emptyIndex;
  try {
    const index = JSON.parse(text) as LayoutIndex | null;
    if (Array.isArray(index?.manifests ?? []) && typeof index === 'object' && index !== null) return index;
  } catch {
    // Said below.
  }
  throw new BuildPlaceError(path, `${path} is not the index of an OCI layout`, {
    hint: 'Remove it, or name another directory.',
  });
}

export function findTag(
  { manifests = [] }: LayoutIndex,
  tag: string,
  otherwise: 'only' | undefined,
): ContentDescriptor | undefined {
  const by = (key: string) => manifests.find(({ annotations }) => annotations?.[key] === tag);
  const only = otherwise === 'only' && manifests.length === 1 ? manifests[0] : undefined;
  const found = by(nameKey) ?? by(tagKey) ?? only;
  return (
    found && { mediaType: found.mediaType ?? '', digest: found.digest ?? '', sizeBytes: found.size ?? 0 }
  );
}

/** The tags of what it holds; whole names too. */
export function tagsOf({ manifests = [] }: LayoutIndex): string[] {
  return manifests.flatMap(({ annotations }) => annotations?.[nameKey] ?? annotations?.[tagKey] ?? []);
}

/** What had the tag before loses it. */
export function withTag(index: LayoutIndex, tag: string, descriptor: ContentDescriptor): LayoutIndex {
  const others = (index.manifests ?? []).filter(
    ({ annotations }) => annotations?.[tagKey] !== tag || annotations[nameKey] !== undefined,
  );
  const { mediaType, digest, sizeBytes } = descriptor;
  const entry = { mediaType, digest, size: sizeBytes, annotations: { [tagKey]: tag } };
  return { ...emptyIndex, ...index, manifests: [...others, entry] };
}
