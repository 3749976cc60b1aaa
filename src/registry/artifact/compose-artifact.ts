import { digestOf } from '../digest.js';
import { type Descriptor, type Manifest, mediaType } from '../media-types.js';

/** One file of a project at a registry. */
export interface ArtifactFile {
  /** `extends`: a Compose file that others take services from; `compose` ones are merged in order. */
  readonly kind: 'compose' | 'extends' | 'env';
  /** Without a directory. */
  readonly name: string;
  readonly text: string;
}

/** Words that docker compose has for its projects at registries. Measured on 2.40.3. */
export const artifactType = 'application/vnd.docker.compose.project';
export const composeMediaType = 'application/vnd.docker.compose.file+yaml';
export const envMediaType = 'application/vnd.docker.compose.envfile';
/** Of the config in manifests of OCI 1.0, which have no artifact type. */
export const emptyConfigMediaType = 'application/vnd.docker.compose.config.empty.v1+json';
const emptyMediaType = 'application/vnd.oci.empty.v1+json';

export const annotation = {
  version: 'com.docker.compose.version',
  file: 'com.docker.compose.file',
  envFile: 'com.docker.compose.envfile',
  extends: 'com.docker.compose.extends',
} as const;

export const emptyConfig = Buffer.from('{}');

export type OciVersion = '1.0' | '1.1';

export interface ArtifactOptions {
  readonly ociVersion: OciVersion;
  /** Who makes it. */
  readonly version: string;
  readonly createdAtMs: number;
}

/** The manifest of a project, as bytes: they are what its digest is of. */
export function artifactManifest(files: readonly ArtifactFile[], options: ArtifactOptions): Uint8Array {
  const isNew = options.ociVersion === '1.1';
  const manifest: Manifest = {
    schemaVersion: 2,
    mediaType: mediaType.ociManifest,
    ...(isNew ? { artifactType } : {}),
    config: descriptor(isNew ? emptyMediaType : emptyConfigMediaType, emptyConfig),
    layers: files.map((file) => layerOf(file, options.version)),
    annotations: {
      'org.opencontainers.image.created': new Date(options.createdAtMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  };
  return Buffer.from(JSON.stringify(manifest));
}

/** Small content stands in the manifest too, so that one request is enough for those who look there. */
function descriptor(type: string, bytes: Uint8Array, annotations?: Record<string, string>): Descriptor {
  return {
    mediaType: type,
    digest: digestOf(bytes),
    size: bytes.byteLength,
    ...(annotations === undefined ? {} : { annotations }),
    data: Buffer.from(bytes).toString('base64'),
  };
}

function layerOf({ kind, name, text }: ArtifactFile, version: string): Descriptor {
  const bytes = Buffer.from(text);
  if (kind === 'env')
    return descriptor(envMediaType, bytes, { [annotation.envFile]: name, [annotation.version]: version });
  return descriptor(composeMediaType, bytes, {
    ...(kind === 'extends' ? { [annotation.extends]: 'true' } : {}),
    [annotation.file]: name,
    [annotation.version]: version,
  });
}
