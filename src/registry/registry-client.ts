import type { Readable } from 'node:stream';
import { RegistryError } from '../problems/errors.js';
import { digestOf } from './digest.js';
import type { HttpResponse } from './http-exchange.js';
import { mediaType } from './media-types.js';
import { type RegistryReference, referenceText, versionOf } from './reference.js';
import { RegistryConnection, type RegistrySurroundings } from './registry-connection.js';
import { refusal } from './registry-error.js';

/** A document that lists other content. */
export interface ManifestDocument {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Uint8Array;
}

const accepted = Object.values(mediaType).join(', ');
const maxManifestBytes = 4 * 1024 * 1024;
const octets = 'application/octet-stream';

/**
 * What we ask of registries ourselves: small documents, never the layers of images that run. What is read is checked
 * against its digest. Source: OCI distribution spec. All methods throw RegistryError or CancelledError.
 */
export class RegistryClient {
  readonly #surroundings: RegistrySurroundings;
  readonly #connections = new Map<string, RegistryConnection>();

  constructor(surroundings: RegistrySurroundings) {
    this.#surroundings = surroundings;
  }

  /** The manifest or index that a reference means now. */
  async manifest(reference: RegistryReference): Promise<ManifestDocument> {
    const response = await this.#connection(reference).send({
      method: 'GET',
      path: `/v2/${reference.repository}/manifests/${versionOf(reference)}`,
      headers: { accept: accepted },
      scope: scopeOf(reference, 'pull'),
      maxBytes: maxManifestBytes,
    });
    await this.#check(response, [200], 'read', reference);
    const digest = digestOf(response.body);
    const claimed = reference.digest ?? response.headers['docker-content-digest'];
    if (typeof claimed === 'string' && claimed !== digest) throw corrupt(reference, claimed, digest);
    const type = response.headers['content-type']?.split(';')[0]?.trim() ?? mediaType.ociManifest;
    return { mediaType: type, digest, bytes: response.body };
  }

  /** Content by its digest. */
  async blob(reference: RegistryReference, digest: string, maxBytes: number): Promise<Uint8Array> {
    const response = await this.#connection(reference).send({
      method: 'GET',
      path: `/v2/${reference.repository}/blobs/${digest}`,
      headers: {},
      scope: scopeOf(reference, 'pull'),
      maxBytes,
    });
    await this.#check(response, [200], 'read', { ...reference, tag: undefined, digest });
    const actual = digestOf(response.body);
    if (actual !== digest) throw corrupt(reference, digest, actual);
    return response.body;
  }

  /** Gives content to a repository, unless it is there. */
  async putBlob(reference: RegistryReference, bytes: Uint8Array): Promise<void> {
    const digest = digestOf(bytes);
    if (await this.hasBlob(reference, digest)) return;
    await this.#upload(reference, { digest, size: bytes.byteLength }, bytes);
  }

  async hasBlob(reference: RegistryReference, digest: string): Promise<boolean> {
    const path = `/v2/${reference.repository}/blobs/${digest}`;
    const common = { headers: {}, scope: scopeOf(reference, 'pull,push'), maxBytes: maxManifestBytes };
    const { status } = await this.#connection(reference).send({ ...common, method: 'HEAD', path });
    return status === 200;
  }

  /** Lets a repository have content of another one: by a word to the registry where both are there, else through us. */
  async copyBlob(
    from: RegistryReference,
    reference: RegistryReference,
    blob: { readonly digest: string; readonly size: number },
  ): Promise<void> {
    if (await this.hasBlob(reference, blob.digest)) return;
    if (from.registry === reference.registry && (await this.#mount(from, reference, blob.digest))) return;
    const { status, stream } = await this.#connection(from).open({
      method: 'GET',
      path: `/v2/${from.repository}/blobs/${blob.digest}`,
      headers: {},
      scope: scopeOf(from, 'pull'),
    });
    try {
      if (status !== 200) throw refusal('read', from, { status, body: new Uint8Array() }, 'anonymous');
      await this.#upload(reference, blob, stream);
    } finally {
      stream.destroy();
    }
  }

  /** The registry checks the digest of what it gets. */
  async #upload(
    reference: RegistryReference,
    { digest, size }: { readonly digest: string; readonly size: number },
    body: Uint8Array | Readable,
  ): Promise<void> {
    const connection = this.#connection(reference);
    const common = { scope: scopeOf(reference, 'pull,push'), maxBytes: maxManifestBytes };
    const path = `/v2/${reference.repository}/blobs/uploads/`;
    const start = await connection.send({ ...common, method: 'POST', path, headers: {} });
    await this.#check(start, [202], 'write', reference);
    const place = new URL(start.headers.location ?? '', start.url);
    place.searchParams.set('digest', digest);
    const headers = { 'content-type': octets, 'content-length': String(size) };
    const end = await connection.send({ ...common, method: 'PUT', path: place, headers, body });
    await this.#check(end, [201, 204], 'write', reference);
  }

  async #mount(from: RegistryReference, reference: RegistryReference, digest: string): Promise<boolean> {
    const query = new URLSearchParams({ mount: digest, from: from.repository });
    const { status } = await this.#connection(reference).send({
      method: 'POST',
      path: `/v2/${reference.repository}/blobs/uploads/?${query}`,
      headers: {},
      scope: `${scopeOf(from, 'pull')} ${scopeOf(reference, 'pull,push')}`,
      maxBytes: maxManifestBytes,
    });
    return status === 201;
  }

  /** Gives a manifest or an index to a repository: under the tag of the reference, or under its digest without one. */
  async putManifest(reference: RegistryReference, type: string, bytes: Uint8Array): Promise<void> {
    const response = await this.#connection(reference).send({
      method: 'PUT',
      path: `/v2/${reference.repository}/manifests/${reference.tag ?? digestOf(bytes)}`,
      headers: { 'content-type': type },
      body: bytes,
      scope: scopeOf(reference, 'pull,push'),
      maxBytes: maxManifestBytes,
    });
    await this.#check(response, [200, 201, 202], 'write', reference);
  }

  #connection({ registry }: RegistryReference): RegistryConnection {
    const known = this.#connections.get(registry) ?? new RegistryConnection(registry, this.#surroundings);
    this.#connections.set(registry, known);
    return known;
  }

  async #check(
    response: HttpResponse,
    wanted: readonly number[],
    operation: 'read' | 'write',
    reference: RegistryReference,
  ): Promise<void> {
    if (wanted.includes(response.status)) return;
    const login = [401, 403].includes(response.status)
      ? await this.#connection(reference).hasLogin()
      : 'anonymous';
    throw refusal(operation, reference, response, login);
  }
}

function scopeOf({ repository }: RegistryReference, actions: 'pull' | 'pull,push'): string {
  return `repository:${repository}:${actions}`;
}

function corrupt(reference: RegistryReference, wanted: string, actual: string): RegistryError {
  const { registry } = reference;
  return new RegistryError(
    'corrupt',
    `${registry} gave other content for ${referenceText(reference)}: wanted ${wanted}, got ${actual}`,
    { registry, hint: 'nothing of it is used; try again, or ask who runs the registry or a proxy before it' },
  );
}
