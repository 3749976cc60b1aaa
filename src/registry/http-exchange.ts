import type { IncomingHttpHeaders } from 'node:http';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { CancelledError } from '../problems/errors.js';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
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
    const { location } = response.headers;
    const isMoved = [301, 302, 303, 307, 308].includes(response.status) && location !== undefined;
    if (!isMoved || request.method === 'POST' || request.method === 'PUT') return response;
    if (count === mostRedirections) throw new Error(`${request.url.host} redirects in circles`);
    current = redirected(current, new URL(location, current.url));
  }
}

function redirected(request: HttpRequest, url: URL): HttpRequest {
  if (request.url.protocol === 'https:' && url.protocol !== 'https:')
    throw new Error(`${request.url.host} redirects to ${url.host} without encryption`);
  const { authorization: _, ...others } = request.headers;
  return { ...request, url, headers: url.origin === request.url.origin ? request.headers : others };
}

function once(
  { method, url, headers, body }: HttpRequest,
  { maxBytes, certificates, signal }: ExchangeOptions,
): Promise<HttpResponse> {
  if (signal?.aborted) return Promise.reject(new CancelledError());
  const isTls = url.protocol === 'https:';
  const length = body === undefined ? {} : { 'content-length': String(body.byteLength) };
  const common = { method, headers: { ...headers, ...length }, ...(signal === undefined ? {} : { signal }) };
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(signal?.aborted ? new CancelledError() : error);
    const call = isTls
      ? tlsRequest(url, { ...common, rejectUnauthorized: certificates === 'verify' })
      : plainRequest(url, common);
    call.setTimeout(silenceMs, () => call.destroy(new Error('no answer in time')));
    call.once('error', fail);
    call.once('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > maxBytes)
          call.destroy(new TooLongError(`${url.host} answers with more than ${maxBytes} bytes`));
        else chunks.push(chunk);
      });
      response.once('error', fail);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
          url,
        }),
      );
    });
    call.end(body);
  });
}
