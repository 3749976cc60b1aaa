import http2, { type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { CancelledError } from '../../../../../problems/errors.js';
import { framesOf, readMessages } from './frames.js';
import { failureOf, GrpcFailure, grpcCode } from './status.js';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly metadata?: Readonly<Record<string, string | string[]>> | undefined;
}

/** A failure may bring a whole Dockerfile along in its headers. */
const longestHeadersBytes = 16 * 1024 * 1024;

/** Calls gRPC methods over a connection. */
export class GrpcClient {
  readonly #session: ClientHttp2Session;

  constructor(connection: Duplex) {
    this.#session = http2.connect('http://engine', {
      createConnection: () => connection,
      settings: { maxHeaderListSize: longestHeadersBytes },
      maxHeaderListPairs: 1000,
    });
    // Every call in flight gets to know by itself.
    this.#session.on('error', () => {});
  }

  /** A method with one message each way. Throws GrpcFailure, or CancelledError. */
  async unary(path: string, message: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
    let answer: Buffer | undefined;
    for await (const each of this.stream(path, message, options)) answer ??= each;
    if (answer !== undefined) return answer;
    throw new GrpcFailure(grpcCode.internal, 'the engine answers with nothing');
  }

  /** A method that answers with as many messages as it likes. Throws GrpcFailure, or CancelledError. */
  async *stream(path: string, message: Uint8Array, options: CallOptions = {}): AsyncGenerator<Buffer> {
    const { signal, metadata } = options;
    if (signal?.aborted) throw new CancelledError();
    const stream = this.#session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...metadata,
    });
    const abort = () => stream.close(http2.constants.NGHTTP2_CANCEL);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const ended = endOf(stream);
      stream.end(framesOf([message]));
      yield* readMessages(stream as AsyncIterable<Buffer>);
      const failure = await ended;
      if (failure !== undefined) throw failure;
    } catch (error) {
      throw signal?.aborted ? new CancelledError() : error;
    } finally {
      signal?.removeEventListener('abort', abort);
      if (!stream.destroyed) abort();
    }
  }

  close(): void {
    // Not before Node has looked at what has arrived already: it does not expect the session to be gone by then.
    setImmediate(() => this.#session.destroy());
  }
}

/** What the engine says at the end, be it the only thing that it says. */
function endOf(stream: ClientHttp2Stream): Promise<GrpcFailure | undefined> {
  return new Promise((resolve) => {
    stream.once('response', (headers) => {
      if (headers['grpc-status'] !== undefined) resolve(failureOf(headers));
      else if (headers[':status'] !== 200)
        resolve(new GrpcFailure(grpcCode.unknown, `the engine answers with status ${headers[':status']}`));
    });
    stream.once('trailers', (headers) => resolve(failureOf(headers)));
    stream.once('close', () => {
      const text = `the connection to the builder broke (${stream.rstCode})`;
      resolve(new GrpcFailure(grpcCode.unknown, text));
    });
  });
}
