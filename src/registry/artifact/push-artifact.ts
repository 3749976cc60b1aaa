import { RegistryError } from '../../problems/errors.js';
import { digestOf } from '../digest.js';
import { type Descriptor, type Index, mediaType } from '../media-types.js';
import type { RegistryReference } from '../reference.js';
import type { RegistryClient } from '../registry-client.js';
import {
  type ArtifactFile,
  type ArtifactOptions,
  annotation,
  artifactManifest,
  artifactType,
  emptyConfig,
  type OciVersion,
} from './compose-artifact.js';

export type PushArtifactOptions = Omit<ArtifactOptions, 'ociVersion'> & {
  /** `auto`: 1.1, and 1.0 where a registry does not take that. */
  readonly ociVersion: OciVersion | 'auto';
};

/** Gives a project to a registry; gives its descriptor. Throws RegistryError or CancelledError. */
export async function pushArtifact(
  client: RegistryClient,
  reference: RegistryReference,
  files: readonly ArtifactFile[],
  { ociVersion, ...options }: PushArtifactOptions,
): Promise<Descriptor> {
  await client.putBlob(reference, emptyConfig);
  for (const { text } of files) await client.putBlob(reference, Buffer.from(text));
  const push = async (version: OciVersion): Promise<Descriptor> => {
    const bytes = artifactManifest(files, { ...options, ociVersion: version });
    await client.putManifest(reference, mediaType.ociManifest, bytes);
    return {
      mediaType: mediaType.ociManifest,
      digest: digestOf(bytes),
      size: bytes.byteLength,
      annotations: { [annotation.version]: options.version },
      artifactType,
    };
  };
  if (ociVersion !== 'auto') return push(ociVersion);
  try {
    return await push('1.1');
  } catch (error) {
    if (!isFormRefused(error)) throw error;
    return push('1.0');
  }
}

/** A 4xx that is not about who we are: old registries say it to what they do not know. */
function isFormRefused(error: unknown): boolean {
  if (!(error instanceof RegistryError) || error.status === undefined) return false;
  return error.status >= 400 && error.status < 500 && ![401, 403, 404, 429].includes(error.status);
}

/** Gives a registry the list of the images of a project, as something that belongs to its artifact. */
export async function pushImageIndex(
  client: RegistryClient,
  reference: RegistryReference,
  subject: Descriptor,
  images: readonly Descriptor[],
  version: string,
): Promise<void> {
  const index: Index = {
    schemaVersion: 2,
    mediaType: mediaType.ociIndex,
    manifests: images,
    subject,
    annotations: { [annotation.version]: version },
  };
  const byDigest = { ...reference, tag: undefined, digest: undefined };
  await client.putManifest(byDigest, mediaType.ociIndex, Buffer.from(JSON.stringify(index)));
}
