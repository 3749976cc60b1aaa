import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { CancelledError } from '../problems/errors.js';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream needs its length among the headers. */
  readonly body?: Uint8Array | Readable | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  /** After redirections. */
  readonly url: URL;
}

export interface ExchangeOptions {
  /** What is longer is refused: nobody who answers may fill our memory. */
  readonly maxBytes: number;
  /** Whether a certificate that nobody vouches for is good enough. */
  readonly certificates: 'verify' | 'accept';
  readonly signal?: AbortSignal | undefined;
}

/** How long an answer may be silent. */
const silenceMs = 30_000;
const mostRedirections = 5;

/** The answer is longer than anything that we ask for. */
export class TooLongError extends Error {}

/**
 * One request and its answer, redirections followed; authorization goes only to the host that it was meant for. Throws
 * what Node throws when the other side cannot be reached, TooLongError, or CancelledError.
 */
export async function exchange(request: HttpRequest, options: ExchangeOptions): Promise<HttpResponse> {
  let current = request;
  for (let count = 0; ; count++) {
    const response = await once(current, options);
    const canMove = request.method === 'GET' || request.method === 'HEAD';
    if (!canMove || !isRedirection(response.status, response.headers)) return response;
    if (count === mostRedirections) throw new Error(`${request.url.host} redirects in circles`);
    current = redirected(current, new URL(response.headers.location ?? '', current.url));
  }
}

function isRedirection(status: number, { location }: IncomingHttpHeaders): boolean {
  return [301, 302, 303, 307, 308].includes(status) && location !== undefined;
}

function redirected(request: HttpRequest, url: URL): HttpRequest {
  if (request.url.protocol === 'https:' && url.protocol !== 'https:')
    throw new Error(`${request.url.host} redirects to ${url.host} without encryption`);
  const { authorization: _, ...others } = request.headers;
  return { ...request, url, headers: url.origin === request.url.origin ? request.headers : others };
}

/** The answer as it comes, for what is too long to be kept; its body must be read or destroyed. */
export interface OpenResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly stream: IncomingMessage;
}

/** One request whose answer is read by the caller; redirections are followed. */
export async function openExchange(
  request: HttpRequest,
  options: Omit<ExchangeOptions, 'maxBytes'>,
): Promise<OpenResponse> {
  let current = request;
  for (let count = 0; ; count++) {
    const stream = await open(current, options);
    const { statusCode: status = 0, headers } = stream;
    if (!isRedirection(status, headers) || count === mostRedirections) return { status, headers, stream };
    stream.destroy();
    current = redirected(current, new URL(headers.location ?? '', current.url));
  }
}

async function once(request: HttpRequest, options: ExchangeOptions): Promise<HttpResponse> {
  const { maxBytes, signal } = options;
  const stream = await open(request, options);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes)
        throw new TooLongError(`${request.url.host} answers with more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw signal?.aborted ? new CancelledError() : error;
  }
  return {
    status: stream.statusCode ?? 0,
    headers: stream.headers,
    body: Buffer.concat(chunks),
    url: request.url,
  };
}

function open(
  { method, url, headers, body }: HttpRequest,
  { certificates, signal }: Omit<ExchangeOptions, 'maxBytes'>,
): Promise<IncomingMessage> {
  if (signal?.aborted) return Promise.reject(new CancelledError());
  const isTls = url.protocol === 'https:';
  const length = body instanceof Uint8Array ? { 'content-length': String(body.byteLength) } : {};
  const common = { method, headers: { ...headers, ...length }, ...(signal === undefined ? {} : { signal }) };
  return new Promise((resolve, reject) => {
    const call = isTls
      ? tlsRequest(url, { ...common, rejectUnauthorized: certificates === 'verify' })
      : plainRequest(url, common);
    call.setTimeout(silenceMs, () => call.destroy(new Error('no answer in time')));
    call.once('error', (error) => reject(signal?.aborted ? new CancelledError() : error));
    call.once('response', resolve);
    if (body === undefined || body instanceof Uint8Array) call.end(body);
    else {
      body.once('error', (error) => call.destroy(error));
      body.pipe(call);
    }
  });
}
