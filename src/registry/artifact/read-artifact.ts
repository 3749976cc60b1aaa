import { RegistryError } from '../../problems/errors.js';
import type { Descriptor, Manifest } from '../media-types.js';
import { type RegistryReference, referenceText } from '../reference.js';
import type { ManifestDocument, RegistryClient } from '../registry-client.js';
import { readDocument } from '../resolve-image.js';
import {
  type ArtifactFile,
  annotation,
  artifactType,
  composeMediaType,
  emptyConfigMediaType,
  envMediaType,
} from './compose-artifact.js';

/** No file of a project is larger. */
const maxFileBytes = 4 * 1024 * 1024;
const maxFiles = 200;

/** The files of a project at a registry, from its manifest. Throws RegistryError or CancelledError. */
export async function readArtifact(
  client: RegistryClient,
  reference: RegistryReference,
  document: ManifestDocument,
): Promise<ArtifactFile[]> {
  const manifest = readDocument<Manifest>(document, reference);
  const isOurs =
    manifest.artifactType === undefined
      ? manifest.config?.mediaType === emptyConfigMediaType
      : manifest.artifactType === artifactType;
  const layers = manifest.layers ?? [];
  if (!isOurs)
    throw noProject(reference, manifest.artifactType ?? manifest.config?.mediaType ?? document.mediaType);
  if (layers.length > maxFiles) throw noProject(reference, `something of ${layers.length} files`);
  const files: ArtifactFile[] = [];
  for (const layer of layers) {
    const kind = kindOf(layer);
    if (kind === undefined) continue;
    const name = nameOf(layer, kind, files.length);
    if (!isPlainName(name))
      throw noProject(reference, `something with a file called ${JSON.stringify(name)}`);
    const bytes = await client.blob(reference, layer.digest, maxFileBytes);
    files.push({ kind, name, text: Buffer.from(bytes).toString('utf8') });
  }
  if (!files.some(({ kind }) => kind === 'compose'))
    throw noProject(reference, 'something without a Compose file');
  return files;
}

function kindOf({ mediaType, annotations }: Descriptor): ArtifactFile['kind'] | undefined {
  if (mediaType === envMediaType) return 'env';
  if (mediaType !== composeMediaType) return undefined;
  return annotations?.[annotation.extends] === undefined ? 'compose' : 'extends';
}

function nameOf({ annotations }: Descriptor, kind: ArtifactFile['kind'], index: number): string {
  const given = annotations?.[kind === 'env' ? annotation.envFile : annotation.file];
  return given ?? (index === 0 ? 'compose.yaml' : `compose.${index}.yaml`);
}

/** A file may be called anything but a way out of its folder. */
function isPlainName(name: string): boolean {
  return /^[^/\\\0]{1,200}$/.test(name) && name !== '.' && name !== '..';
}

function noProject(reference: RegistryReference, what: string): RegistryError {
  const { registry } = reference;
  return new RegistryError('failed', `${referenceText(reference)} is no Compose project, but ${what}`, {
    registry,
    hint: 'name what `publish` made',
  });
}
