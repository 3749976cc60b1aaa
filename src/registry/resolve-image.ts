import { byKey } from '../model/order.js';
import { RegistryError } from '../problems/errors.js';
import { type Descriptor, type Index, isIndex, type Manifest } from './media-types.js';
import { parseReference, type RegistryReference } from './reference.js';
import type { ManifestDocument, RegistryClient } from './registry-client.js';

/** What a reference means at its registry now. */
export interface ResolvedImage {
  /** Of the index, or of the manifest where there is only one. */
  readonly digest: string;
  /** Digest of the manifest of each platform (`linux/arm64/v8`), sorted by platform. */
  readonly platforms: ReadonlyMap<string, string>;
}

const maxConfigBytes = 8 * 1024 * 1024;

/** Asks the registry of an image. Throws RegistryError, UsageError or CancelledError. */
export async function resolveImage(client: RegistryClient, image: string): Promise<ResolvedImage> {
  const reference = parseReference(image);
  const document = await client.manifest(reference);
  const found = isIndex(document.mediaType)
    ? ofIndex(readDocument<Index>(document, reference))
    : [[await platformOfManifest(client, reference, document), document.digest] as const];
  const sorted = [...found].sort(byKey);
  return { digest: document.digest, platforms: new Map(sorted) };
}

/** A document as what it says; throws RegistryError when it is not JSON. */
export function readDocument<T>({ bytes }: ManifestDocument, { registry }: RegistryReference): T {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
  } catch (cause) {
    throw new RegistryError('failed', `${registry} does not answer in JSON`, { registry, cause });
  }
}

/** Attestations stand in an index with a platform that no machine has. */
function ofIndex({ manifests }: Index): (readonly [string, string])[] {
  return manifests.flatMap(({ platform, digest }) =>
    platform === undefined || platform.os === 'unknown' ? [] : [[platformName(platform), digest] as const],
  );
}

async function platformOfManifest(
  client: RegistryClient,
  reference: RegistryReference,
  document: ManifestDocument,
): Promise<string> {
  const { config } = readDocument<Manifest>(document, reference);
  const bytes = await client.blob(reference, config.digest, maxConfigBytes);
  const { os = 'unknown', ...rest } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Platform>;
  return platformName({ os, architecture: rest.architecture ?? 'unknown', ...rest });
}

type Platform = NonNullable<Descriptor['platform']>;

function platformName({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== undefined && part !== '').join('/');
}
