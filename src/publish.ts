import { isCodeFile } from './load/code/code-file.js';
import type { LoadIo, LoadRequest } from './load/load-io.js';
import { type LoadedModel, loadModel } from './load/load-model.js';
import { imageLock, pinImages } from './load/pin-images.js';
import { type PublishConcern, publishConcerns } from './load/publish/publish-concerns.js';
import { type PublishedFile, publishedFiles } from './load/publish/published-files.js';
import { renderConfig } from './load/render-config.js';
import { ConfigError, UsageError } from './problems/errors.js';
import type { ArtifactFile } from './registry/artifact/compose-artifact.js';
import { type PushArtifactOptions, pushArtifact, pushImageIndex } from './registry/artifact/push-artifact.js';
import { copyImage } from './registry/copy-image.js';
import type { Descriptor } from './registry/media-types.js';
import { parseReference, type RegistryReference } from './registry/reference.js';
import type { RegistryClient } from './registry/registry-client.js';
import { resolveImage } from './registry/resolve-image.js';

export type { SecretFinding } from './load/publish/find-secrets.js';
export type { PublishConcern } from './load/publish/publish-concerns.js';

/** A project as it would be published, and what a person should know before. */
export interface Publication {
  readonly files: readonly PublishedFile[];
  readonly concerns: readonly PublishConcern[];
  readonly model: LoadedModel;
}

export interface PublicationRequest {
  readonly files: LoadRequest;
  /** Whether the person has asked for env files to be published. */
  readonly environment: 'publish' | 'unasked';
}

/**
 * Looks what of a project would be published: its files as they are, with other names for the files that they name.
 * Throws ConfigError, and UsageError for a project that nobody could run from a registry.
 */
export async function preparePublication(
  { files: request, environment }: PublicationRequest,
  io: LoadIo,
  noteTexts: (texts: ReadonlyMap<string, string>) => void = () => {},
): Promise<Publication> {
  const result = await loadModel(
    { ...request, profiles: ['*'], keepUnusedResources: true, ignoredKeys: 'accept' },
    io,
  );
  noteTexts(result.texts);
  if (!result.ok) throw new ConfigError(result.diagnostics);
  const { model } = result;
  refuseBuildOnly(model);
  const { files, localIncludes } = await publishedFiles(model.source, io);
  if (localIncludes.length > 0)
    throw new UsageError('cannot publish compose file with local includes', {
      hint: 'name the included files with -f instead, or include them from where they are published',
    });
  refuseCode(files);
  return { files, concerns: publishConcerns(model, files, environment), model };
}

/** Nobody could run it: code of elsewhere is never run. */
function refuseCode(files: readonly PublishedFile[]): void {
  const code = files.find(({ path }) => isCodeFile(path));
  if (code === undefined) return;
  throw new UsageError(`cannot publish ${code.path}: it is code, and code of elsewhere is never run`, {
    hint: 'publish what it gives: `tscompose config --output compose.yaml`, and then `-f compose.yaml`',
  });
}

export interface PublishOptions extends PushArtifactOptions {
  /** `publish`: with env files. */
  readonly environment: 'publish' | 'leave';
  /** `digests`: a further file says which images they are today; `copies`: and the images are copied there too. */
  readonly images: 'names' | 'digests' | 'copies';
}

/** Publishes a project; gives the digest of its artifact. Throws UsageError, RegistryError or CancelledError. */
export async function publish(
  publication: Publication,
  to: string,
  client: RegistryClient,
  { environment, images, ...options }: PublishOptions,
): Promise<string> {
  const reference = publishReference(to);
  const files: ArtifactFile[] = publication.files.filter(
    ({ kind }) => kind !== 'env' || environment === 'publish',
  );
  if (images !== 'names') files.push(await digestsFile(publication.model, client));
  const artifact = await pushArtifact(client, reference, files, options);
  if (images === 'copies') {
    const copies = await copyImages(publication.model, client, reference);
    await pushImageIndex(client, reference, artifact, copies, options.version);
  }
  return artifact.digest;
}

/** Reads where to publish. Throws UsageError. */
export function publishReference(to: string): RegistryReference {
  const reference = parseReference(to);
  if (reference.digest === undefined) return reference;
  throw new UsageError(`${to} has a digest, and that is known only when it is published`, {
    hint: 'write REPOSITORY[:TAG]',
  });
}

function refuseBuildOnly({ bound }: LoadedModel): void {
  const names = [...(bound?.services ?? [])]
    .filter(([, service]) => service.get('build') !== undefined && service.get('image') === undefined)
    .map(([name]) => name);
  if (names.length === 0) return;
  const list = names.map((name) => `- ${JSON.stringify(name)}`).join('\n');
  throw new UsageError(
    `your Compose stack cannot be published as it only contains a build section for service(s):\n${list}`,
    { hint: 'give them an image, and push it' },
  );
}

async function digestsFile(model: LoadedModel, client: RegistryClient): Promise<ArtifactFile> {
  const pinned = await pinImages(model, async (image) => (await resolveImage(client, image)).digest);
  const text = renderConfig(pinned, 'yaml', () => imageLock(pinned));
  return { kind: 'compose', name: 'image-digests.yaml', text };
}

async function copyImages(
  { bound }: LoadedModel,
  client: RegistryClient,
  to: RegistryReference,
): Promise<Descriptor[]> {
  const copies: Descriptor[] = [];
  for (const service of (bound?.services ?? new Map()).values()) {
    const image: unknown = service.get('image');
    if (typeof image === 'string') copies.push(await copyImage(client, parseReference(image), to));
  }
  return copies;
}
