import { setMaxListeners } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { textOf } from '../../model/text-of.js';
import { CancelledError, TscomposeError } from '../../problems/errors.js';
import { ApiFailure, type Attempt, toEngineError } from './map-error.js';
import type { Transport } from './transport.js';

/*
 * Why there is no Docker client library here. Measured on this machine (Node 20, 2 cores, warm disk), time to load:
 * dockerode 140-250 ms, docker-modem 55 ms (34 ms without its ssh part), node:http 6.5 ms. dockerode reads its ssh2,
 * gRPC and protobuf parts at once and brings a native module with it; a no-op `up` is done in less time than that.
 * What we need of it is one request function over a socket, TCP, TLS or ssh: this file and transport.ts.
 */

export interface ApiCall extends Attempt {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Below the version: `/containers/json`. */
  readonly path: string;
  /** Entries without a value are left out, one with several is repeated. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of a JSON body. What a stream throws is thrown by the call. */
  readonly archive?: Uint8Array | AsyncIterable<Uint8Array>;
  /** One with several values is sent several times. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly signal?: AbortSignal | undefined;
}

/** The Engine API over one transport: JSON in, JSON or a stream out, failures as EngineError or CancelledError. */
export class ApiClient {
  readonly #transport: Transport;
  /** Version that requests are made in; undefined: none is named. */
  readonly version: string | undefined;
  /** `linux`, `windows`; undefined: the engine does not say. */
  readonly os: string | undefined;
  /** Connections that were turned into streams: they no longer belong to the transport. */
  readonly #handedOver = new Set<Duplex>();

  constructor(transport: Transport, version: string | undefined, os?: string) {
    this.#transport = transport;
    this.version = version;
    this.os = os;
  }

  /** The same connections, speaking a version of the API with an engine of which this is known. */
  inVersion(version: string, os: string | undefined): ApiClient {
    return new ApiClient(this.#transport, version, os);
  }

  /** The parsed body; undefined when it is empty. */
  async json<T>(call: ApiCall): Promise<T> {
    const response = await this.stream(call);
    try {
      const text = await textOf(response);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    } catch (error) {
      throw this.failure(error, call);
    }
  }

  /** Sends, and reads the answer only for its status. */
  async send(call: ApiCall): Promise<void> {
    const response = await this.stream(call);
    try {
      // Not parsed: Podman answers a connection to a network with a bare OK.
      await textOf(response);
    } catch (error) {
      throw this.failure(error, call);
    }
  }

  /** Reaches the engine; gives the newest version of the API that it says it speaks, and its operating system. */
  async ping(
    attempt: Attempt,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly version: string | undefined; readonly os: string | undefined }> {
    const call: ApiCall = { ...attempt, method: 'GET', path: '/_ping', signal };
    const response = await this.stream(call);
    try {
      await textOf(response);
    } catch (error) {
      throw this.failure(error, call);
    }
    const { 'api-version': version, ostype: os } = response.headers;
    const headerOf = (header: unknown) => (typeof header === 'string' && header !== '' ? header : undefined);
    return { version: headerOf(version), os: headerOf(os) };
  }

  /** The answer as it comes in, once the engine has accepted the request. Whoever gets it must read or destroy it. */
  async stream(call: ApiCall): Promise<IncomingMessage> {
    try {
      if (call.signal?.aborted) throw new CancelledError();
      const response = await this.#open(call, 'first');
      const status = response.statusCode ?? 0;
      // Not modified: it is already as wanted.
      if (status < 300 || status === 304) return response;
      const text = await textOf(response);
      throw new ApiFailure(status, messageOf(text), retryAfterMs(response));
    } catch (error) {
      throw this.failure(error, call);
    }
  }

  /**
   * Turns the connection of a request into a stream in both directions; `h2c` is for gRPC. Ending it closes our half
   * only. Whoever gets it must destroy it; an abort of the call's signal does so too.
   */
  async upgrade(call: ApiCall, protocol: 'tcp' | 'h2c' = 'tcp'): Promise<Duplex> {
    try {
      if (call.signal?.aborted) throw new CancelledError();
      const headers = { ...call.headers, Connection: 'Upgrade', Upgrade: protocol };
      const { connection, refusal } = await upgradeOf(this.#request({ ...call, headers }));
      if (connection !== undefined) return this.#keep(abortable(connection, call.signal));
      throw new ApiFailure(refusal.statusCode ?? 0, messageOf(await textOf(refusal)));
    } catch (error) {
      throw this.failure(error, call);
    }
  }

  /** What to throw for whatever went wrong in a call, also later, while its stream is read. */
  failure(error: unknown, call: ApiCall): TscomposeError {
    if (error instanceof TscomposeError) return error;
    return call.signal?.aborted ? new CancelledError() : toEngineError(error, call);
  }

  /** Ends every connection, also those in use. */
  close(): void {
    for (const connection of this.#handedOver) connection.destroy();
    this.#transport.close();
  }

  #keep(connection: Duplex): Duplex {
    this.#handedOver.add(connection);
    return connection.once('close', () => this.#handedOver.delete(connection));
  }

  async #open(call: ApiCall, attempt: 'first' | 'second'): Promise<IncomingMessage> {
    const request = this.#request(call);
    try {
      return await responseOf(request);
    } catch (error) {
      // An idle connection may be closed by the engine at the moment we take it: nothing was asked yet.
      const code = (error as NodeJS.ErrnoException).code ?? '';
      const isStale = request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(code);
      if (isStale && call.method === 'GET' && attempt === 'first') return this.#open(call, 'second');
      throw error;
    }
  }

  #request(call: ApiCall): ClientRequest {
    const payload = call.archive ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    const isStream = typeof payload === 'object' && Symbol.asyncIterator in payload;
    const headers: Record<string, string | string[]> = { ...call.headers };
    if (payload !== undefined) {
      headers['Content-Type'] = call.archive === undefined ? 'application/json' : 'application/x-tar';
    }
    // Some engines wait for a body that is not announced.
    if (call.method !== 'GET' && call.method !== 'HEAD' && !isStream)
      headers['Content-Length'] = String(Buffer.byteLength(payload ?? ''));
    // Each request in flight listens to the signal; many at once are no leak.
    if (call.signal !== undefined) setMaxListeners(0, call.signal);
    const version = this.version === undefined ? '' : `/v${this.version}`;
    const request = this.#transport.request({
      method: call.method,
      path: `${version}${call.path}${formatQuery(call.query ?? {})}`,
      headers,
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
    request.once('socket', outliveAborts);
    if (isStream) void upload(request, payload);
    else request.end(payload);
    return request;
  }
}

/** An image reference as part of a path: its slashes stay. */
export function referencePath(reference: string): string {
  return reference.split('/').map(encodeURIComponent).join('/');
}

function formatQuery(query: NonNullable<ApiCall['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value !== 'object') {
      if (value !== undefined) parameters.set(name, String(value));
    } else for (const each of value) parameters.append(name, each);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function responseOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Stays: an abort later on is an error of the request too, and of the response that is being read.
    request.on('error', reject);
  });
}

/**
 * An abort destroys the connection with an error. When the answer has come in whole by then, though nobody has read it,
 * Node has stopped looking after the connection, and the error would end the process.
 */
function outliveAborts(connection: Duplex): void {
  // Connections are used again.
  if (!connection.listeners('error').includes(ignore)) connection.on('error', ignore);
}

function ignore(): void {}

/** The connection, or the answer of an engine that does not hand it over. */
function upgradeOf(
  request: ClientRequest,
): Promise<{ connection: Duplex; refusal?: never } | { connection?: never; refusal: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    request.once('upgrade', (_response, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve({ connection: socket });
    });
    request.once('response', (refusal) => resolve({ refusal }));
    request.on('error', reject);
  });
}

/**
 * Sends a body piece by piece. An engine that refuses may answer before it has read everything: its answer tells more
 * than the broken upload, which is left then. What the body throws is the error of the request.
 */
async function upload(request: ClientRequest, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (request.destroyed) return;
      if (!request.write(chunk)) await drained(request);
    }
    request.end();
  } catch (error) {
    request.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Also fulfilled when there is nobody left to take more. */
function drained(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      request.off('drain', goOn).off('close', goOn);
      resolve();
    };
    request.on('drain', goOn).on('close', goOn);
  });
}

/** Once it is handed over, the request no longer looks after it. */
function abortable(stream: Duplex, signal: AbortSignal | undefined): Duplex {
  // What goes wrong is told to whoever reads or writes; nobody may be doing so.
  stream.on('error', () => {});
  if (signal === undefined) return stream;
  const abort = () => stream.destroy();
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return stream.once('close', () => signal.removeEventListener('abort', abort));
}

/** `Retry-After` in seconds; as a date it is left alone: clocks differ. */
function retryAfterMs({ headers }: IncomingMessage): number | undefined {
  const value = headers['retry-after'];
  return value !== undefined && /^\d+$/.test(value) ? Number(value) * 1000 : undefined;
}

/** Engines answer `{"message": …}`; Podman adds `cause`; proxies answer in plain text. */
function messageOf(body: string): string {
  try {
    const parsed = JSON.parse(body) as { message?: unknown };
    if (typeof parsed.message === 'string') return parsed.message;
  } catch {
    // Not JSON: the text itself is the message.
  }
  return body.trim();
}
