import { expect, test } from 'vitest';
import { type ArtifactFile, artifactManifest } from '../../../src/registry/artifact/compose-artifact.js';
import { pushArtifact } from '../../../src/registry/artifact/push-artifact.js';
import { readArtifact } from '../../../src/registry/artifact/read-artifact.js';
import { copyImage } from '../../../src/registry/copy-image.js';
import { parseReference } from '../../../src/registry/reference.js';
import { HttpRegistry } from '../../support/http-registry.js';
import { registryClient } from '../../support/registry-client.js';

const files: readonly ArtifactFile[] = [
  { kind: 'compose', name: 'compose.yaml', text: 'services: {}\n' },
  { kind: 'extends', name: 'base.yaml', text: 'services: {base: {}}\n' },
  { kind: 'env', name: 'a.env', text: 'A=1\n' },
];
const options = { version: 'test', createdAtMs: 0 };

async function publishedAt(registry: HttpRegistry, ociVersion: 'auto' | '1.0' | '1.1' = 'auto') {
  const reference = parseReference(`${registry.host}/team/stack:1`);
  const client = registryClient();
  await pushArtifact(client, reference, files, { ...options, ociVersion });
  return { client, reference, document: await client.manifest(reference) };
}

test.each(['1.0', '1.1'] as const)(
  'what is published in the form of OCI %s is read back',
  async (version) => {
    await using registry = await HttpRegistry.start();
    const { client, reference, document } = await publishedAt(registry, version);
    expect(await readArtifact(client, reference, document)).toEqual(files);
  },
);

test('a manifest has the words of docker compose', () => {
  const manifest = JSON.parse(
    Buffer.from(artifactManifest(files.slice(1), { ...options, ociVersion: '1.1' })).toString(),
  );
  const withoutContent = manifest.layers.map(({ mediaType, annotations }: Record<string, unknown>) => ({
    mediaType,
    annotations,
  }));
  expect({ ...manifest, config: manifest.config.mediaType, layers: withoutContent }).toEqual({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: 'application/vnd.docker.compose.project',
    config: 'application/vnd.oci.empty.v1+json',
    layers: [
      {
        mediaType: 'application/vnd.docker.compose.file+yaml',
        annotations: {
          'com.docker.compose.extends': 'true',
          'com.docker.compose.file': 'base.yaml',
          'com.docker.compose.version': 'test',
        },
      },
      {
        mediaType: 'application/vnd.docker.compose.envfile',
        annotations: { 'com.docker.compose.envfile': 'a.env', 'com.docker.compose.version': 'test' },
      },
    ],
    annotations: { 'org.opencontainers.image.created': '1970-01-01T00:00:00Z' },
  });
});

test('a registry that does not take the new form gets the old one', async () => {
  await using registry = await HttpRegistry.start();
  const refused: string[] = [];
  registry.intercept = (method, { pathname }) => {
    if (method !== 'PUT' || !pathname.includes('/manifests/') || refused.length > 0) return undefined;
    refused.push(pathname);
    return { status: 400 };
  };
  const { document } = await publishedAt(registry);
  const { artifactType, config } = JSON.parse(Buffer.from(document.bytes).toString());
  expect([artifactType, config.mediaType]).toEqual([
    undefined,
    'application/vnd.docker.compose.config.empty.v1+json',
  ]);
});

test.each(['../evil.yaml', 'a/b.yaml', '..', '/etc/passwd', 'a\\b', ''])(
  'a project with a file called %j is refused',
  async (name) => {
    await using registry = await HttpRegistry.start();
    const reference = parseReference(`${registry.host}/stack:1`);
    const client = registryClient();
    const evil: ArtifactFile[] = [{ kind: 'extends', name, text: 'x' }, ...files];
    await pushArtifact(client, reference, evil, { ...options, ociVersion: '1.1' });
    await expect(readArtifact(client, reference, await client.manifest(reference))).rejects.toThrow(
      'is no Compose project',
    );
  },
);

test('an image is no project', async () => {
  await using registry = await HttpRegistry.start();
  registry.addImage('app', '1', ['amd64']);
  const client = registryClient();
  const reference = parseReference(`${registry.host}/app:1`);
  await expect(readArtifact(client, reference, await client.manifest(reference))).rejects.toThrow(
    'is no Compose project',
  );
});

test('a copy of an image has all its platforms and layers', async () => {
  await using registry = await HttpRegistry.start();
  await using other = await HttpRegistry.start();
  const digest = registry.addImage('app', '1', ['amd64', 'arm64']);
  const to = parseReference(`${other.host}/stack:1`);
  const copy = await copyImage(registryClient(), parseReference(`${registry.host}/app:1`), to);
  expect({
    digest: copy.digest,
    blobs: [...other.blobs].map(([name, bytes]) => [name, bytes.toString()]).sort(),
    manifests: [...other.manifests.keys()].sort(),
  }).toEqual({
    digest,
    blobs: [...registry.blobs].map(([name, bytes]) => [name, bytes.toString()]).sort(),
    manifests: [...registry.manifests.keys()]
      .filter((key) => key.includes('sha256'))
      .map((key) => key.replace('app:', 'stack:'))
      .sort(),
  });
});
