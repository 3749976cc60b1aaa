import { type Descriptor, type Index, isIndex, type Manifest } from './media-types.js';
import type { RegistryReference } from './reference.js';
import type { RegistryClient } from './registry-client.js';
import { readDocument } from './resolve-image.js';

/**
 * Copies an image, with all its platforms, to a repository, where it is known by its digest. Gives its descriptor.
 * Throws RegistryError or CancelledError.
 */
export async function copyImage(
  client: RegistryClient,
  from: RegistryReference,
  to: RegistryReference,
): Promise<Descriptor> {
  const document = await client.manifest(from);
  const { mediaType, digest, bytes } = document;
  if (isIndex(mediaType)) {
    for (const part of readDocument<Index>(document, from).manifests)
      await copyImage(client, { ...from, tag: undefined, digest: part.digest }, to);
  } else {
    const { config, layers } = readDocument<Manifest>(document, from);
    for (const blob of new Map([config, ...layers].map((each) => [each.digest, each])).values())
      await client.copyBlob(from, to, blob);
  }
  await client.putManifest({ ...to, tag: undefined, digest: undefined }, mediaType, bytes);
  return { mediaType, digest, size: bytes.byteLength };
}
