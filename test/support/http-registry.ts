import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const digestOf = (bytes: Uint8Array | string) =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** A registry of the distribution spec in this process, plain http on 127.0.0.1. */
export class HttpRegistry implements AsyncDisposable {
  /** `repository@digest` or `repository:tag` → document. */
  readonly manifests = new Map<string, { type: string; bytes: Buffer }>();
  readonly blobs = new Map<string, Buffer>();
  /** `GET /v2/… Bearer …`: what was asked, and with which authorization. */
  readonly requests: string[] = [];
  access: 'open' | 'basic' | 'token' = 'open';
  /** Where GETs of blobs are sent to. */
  blobHost: string | undefined;
  /** Answers before anything else does. */
  intercept: ((method: string, url: URL) => Answer | 'broken' | undefined) | undefined;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<HttpRegistry> {
    const server = createServer();
    const registry = new HttpRegistry(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const answer = registry.#answer(request, Buffer.concat(chunks));
        if (answer === 'broken') {
          request.socket.destroy();
          return;
        }
        const { status, headers = {}, body = '' } = answer;
        response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** An image with one manifest for each platform, below an index; gives the digest of the index. */
  addImage(repository: string, tag: string, architectures: readonly string[], salt = ''): string {
    const type = 'application/vnd.oci.image.manifest.v1+json';
    const manifests = architectures.map((architecture) => {
      const config = Buffer.from(JSON.stringify({ os: 'linux', architecture, salt }));
      this.blobs.set(digestOf(config), config);
      const layer = Buffer.from(`layer of ${architecture}${salt}`);
      this.blobs.set(digestOf(layer), layer);
      const part = (bytes: Buffer) => ({ mediaType: 'x', digest: digestOf(bytes), size: bytes.length });
      const bytes = Buffer.from(
        JSON.stringify({ schemaVersion: 2, mediaType: type, config: part(config), layers: [part(layer)] }),
      );
      this.#put(repository, digestOf(bytes), type, bytes);
      const platform = { os: 'linux', architecture };
      return { mediaType: type, digest: digestOf(bytes), size: bytes.length, platform };
    });
    const index = 'application/vnd.oci.image.index.v1+json';
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: index, manifests }));
    this.#put(repository, tag, index, bytes);
    return digestOf(bytes);
  }

  #put(repository: string, version: string, type: string, bytes: Buffer): void {
    this.manifests.set(`${repository}:${version}`, { type, bytes });
    this.manifests.set(`${repository}:${digestOf(bytes)}`, { type, bytes });
  }

  #answer(request: IncomingMessage, body: Buffer): Answer | 'broken' {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '/', `http://${this.host}`);
    const { authorization } = headers;
    this.requests.push(`${method} ${url.pathname}${authorization === undefined ? '' : ` ${authorization}`}`);
    const intercepted = this.intercept?.(method, url);
    if (intercepted !== undefined) return intercepted;
    if (url.pathname === '/token') return this.#token(url, authorization);
    const refusal = this.#refusal(url, authorization);
    if (refusal !== undefined) return refusal;
    return this.#content(method, url, body, String(headers['content-type']));
  }

  #token(url: URL, authorization: string | undefined): Answer {
    const user =
      authorization === undefined ? 'nobody' : Buffer.from(authorization.slice(6), 'base64').toString();
    return {
      status: 200,
      body: JSON.stringify({ token: `${user} ${url.searchParams.getAll('scope').join('+')}` }),
    };
  }

  #refusal(url: URL, authorization: string | undefined): Answer | undefined {
    if (
      this.access === 'open' ||
      authorization?.toLowerCase().startsWith(this.access === 'basic' ? 'basic' : 'bearer')
    )
      return undefined;
    const [, repository = ''] = /^\/v2\/(.+)\/(?:manifests|blobs)\//.exec(url.pathname) ?? [];
    const challenge =
      this.access === 'basic'
        ? 'Basic realm="test"'
        : `Bearer realm="http://${this.host}/token",service="test",scope="repository:${repository}:pull"`;
    return { status: 401, headers: { 'www-authenticate': challenge } };
  }

  #content(method: string, url: URL, body: Buffer, type: string): Answer {
    const [, repository = '', kind = '', version = ''] =
      /^\/v2\/(.+)\/(manifests|blobs|blobs\/uploads)\/([^/]*)$/.exec(url.pathname) ?? [];
    if (kind === 'manifests' && method === 'PUT') {
      this.#put(repository, version, type, body);
      return { status: 201 };
    }
    if (kind === 'manifests') {
      const found = this.manifests.get(`${repository}:${version}`);
      if (found === undefined)
        return { status: 404, body: JSON.stringify({ errors: [{ message: 'manifest unknown' }] }) };
      return { status: 200, headers: { 'content-type': found.type }, body: found.bytes };
    }
    if (kind === 'blobs/uploads' && method === 'POST')
      return { status: 202, headers: { location: `/v2/${repository}/blobs/uploads/1?state=a` } };
    if (kind === 'blobs/uploads') {
      this.blobs.set(url.searchParams.get('digest') ?? '', body);
      return { status: 201 };
    }
    const blob = this.blobs.get(version);
    if (blob === undefined) return { status: 404 };
    if (method === 'GET' && this.blobHost !== undefined)
      return { status: 307, headers: { location: `http://${this.blobHost}/v2/any/blobs/${version}` } };
    return { status: 200, body: blob };
  }
}
