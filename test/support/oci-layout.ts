import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packTar } from '../../src/engine/tar.js';

/** Writes an image of one file into a directory, as OCI's image layout has it. Gives the digest of its manifest. */
export async function writeLayout(
  root: string,
  { path, text }: { readonly path: string; readonly text: string },
  tag: string,
): Promise<string> {
  await mkdir(join(root, 'blobs/sha256'), { recursive: true });
  const layer = Buffer.concat(await all(packTar(oneFile(path, text))));
  const layerDigest = sha256(layer);
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [layerDigest] },
    history: [{ created: '2020-01-01T00:00:00Z', created_by: 'a test' }],
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: `${oci}.manifest.v1+json`,
    config: await put(root, Buffer.from(JSON.stringify(config)), `${oci}.config.v1+json`),
    layers: [await put(root, layer, `${oci}.layer.v1.tar`)],
  };
  const entry = await put(root, Buffer.from(JSON.stringify(manifest)), manifest.mediaType);
  const annotations = { 'org.opencontainers.image.ref.name': tag };
  const index = { schemaVersion: 2, manifests: [{ ...entry, annotations }] };
  await writeFile(join(root, 'index.json'), JSON.stringify(index));
  await writeFile(join(root, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  return entry.digest;
}

const oci = 'application/vnd.oci.image';

async function put(root: string, content: Buffer, mediaType: string) {
  const digest = sha256(content);
  await writeFile(join(root, 'blobs', digest.replace(':', '/')), content);
  return { mediaType, digest, size: content.length };
}

function sha256(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

async function* oneFile(path: string, text: string) {
  const sizeBytes = Buffer.byteLength(text);
  const header = { path, kind: 'file', mode: 0o644, uid: 0, gid: 0, sizeBytes, modifiedAtMs: 0 } as const;
  yield { header: { ...header, linkTarget: undefined }, content: one(Buffer.from(text)) };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return found;
}
