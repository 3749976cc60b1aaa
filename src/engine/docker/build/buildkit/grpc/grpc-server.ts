import http2, { type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { framesOf, readMessages } from './frames.js';
import { GrpcFailure, grpcCode, headersOfFailure } from './status.js';

/** A call of one of our methods. */
export interface IncomingCall {
  /** All values that a header was sent with. */
  metadata(name: string): readonly string[];
  /** What the caller sends, until it has nothing more to say. */
  readonly messages: AsyncIterable<Buffer>;
  /** Fulfilled once there is room for more. Many small messages in one call travel together. */
  send(...messages: readonly Uint8Array[]): Promise<void>;
  /** Aborted once the caller has gone. */
  readonly signal: AbortSignal;
}

/** What it throws is the answer; a GrpcFailure with its code. */
export type Method = (call: IncomingCall) => Promise<void>;

/** By path: `/grpc.health.v1.Health/Check`. */
export type Methods = ReadonlyMap<string, Method>;

/**
 * Answers gRPC calls that come in over a connection which we have opened: the engine turns it around. What it calls
 * and we do not have is answered with `unimplemented`. `onFailure` gets to know what our methods threw.
 */
export function serveGrpc(connection: Duplex, methods: Methods, onFailure: (error: unknown) => void): void {
  const session = http2.performServerHandshake(connection);
  const listen = (
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    _: number,
    rawHeaders: unknown,
  ) => {
    const path = headers[':path'] ?? '';
    const method = methods.get(path) ?? refuse(path);
    void answer(stream, { method, onFailure, rawHeaders: rawHeaders as readonly string[] });
  };
  session.on('stream', listen);
  // The connection may break at any time: whoever waits for the build gets to know.
  session.on('error', () => connection.destroy());
}

/** A method with one message each way. */
export function unary(handle: (message: Buffer, call: IncomingCall) => Promise<Uint8Array>): Method {
  return async (call) => {
    for await (const message of call.messages) {
      await call.send(await handle(message, call));
      return;
    }
    throw new GrpcFailure(grpcCode.internal, 'a call without a message');
  };
}

function refuse(path: string): Method {
  return async () => {
    throw new GrpcFailure(grpcCode.unimplemented, `unknown method ${path}`);
  };
}

interface Answering {
  readonly method: Method;
  readonly onFailure: (error: unknown) => void;
  readonly rawHeaders: readonly string[];
}

async function answer(
  stream: ServerHttp2Stream,
  { method, onFailure, rawHeaders }: Answering,
): Promise<void> {
  const gone = new AbortController();
  stream.once('close', () => gone.abort());
  stream.on('error', () => gone.abort());
  let trailers: Record<string, string> = { 'grpc-status': '0', 'grpc-message': '' };
  stream.once('wantTrailers', () => stream.sendTrailers(trailers));
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  try {
    await method({
      metadata: (name) => valuesOf(rawHeaders, name),
      // Whoever has heard enough still has something to say.
      messages: readMessages(stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>),
      send: senderOf(stream),
      signal: gone.signal,
    });
  } catch (error) {
    trailers = headersOfFailure(error);
    onFailure(error);
  }
  if (!stream.destroyed) stream.end();
}

/** Writes, and knows when there is room for more. Many may wait for it at once. */
function senderOf(stream: ServerHttp2Stream): IncomingCall['send'] {
  let room: Promise<void> | undefined;
  return (...messages) => {
    if (stream.destroyed) throw new GrpcFailure(grpcCode.cancelled, 'the caller has gone');
    if (stream.write(framesOf(messages))) return Promise.resolve();
    room ??= roomIn(stream).then(() => {
      room = undefined;
    });
    return room;
  };
}

function roomIn(stream: ServerHttp2Stream): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      stream.off('drain', goOn).off('close', goOn);
      resolve();
    };
    stream.on('drain', goOn).on('close', goOn);
  });
}

/** Names and values in turns. Node joins what has one name, and then nobody can tell commas apart. */
function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index] === name) values.push(rawHeaders[index + 1] ?? '');
  }
  return values;
}
