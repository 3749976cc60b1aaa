import { once } from 'node:events';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FrameReader, framesOf } from '../../../../../src/engine/docker/build/buildkit/grpc/frames.js';
import { GrpcClient } from '../../../../../src/engine/docker/build/buildkit/grpc/grpc-client.js';
import {
  type Methods,
  serveGrpc,
  unary,
} from '../../../../../src/engine/docker/build/buildkit/grpc/grpc-server.js';
import {
  bytes,
  count,
  entries,
  flag,
  integer,
  list,
  long,
  message,
  nested,
  text,
  texts,
} from '../../../../../src/engine/docker/build/buildkit/grpc/message.js';
import { GrpcFailure } from '../../../../../src/engine/docker/build/buildkit/grpc/status.js';
import { novelty } from '../../../../support/build-request.js';

describe('a message', () => {
  const point = message({ x: integer(1), y: integer(2) });
  const everything = message({
    text: text(1),
    bytes: bytes(2),
    flag: flag(3),
    count: count(4),
    integer: integer(5),
    long: long(6),
    nested: nested(7, point),
    texts: texts(8),
    list: list(9, point),
    entries: entries(10, text(2)),
  });

  test('is what it was, once it has been sent', () => {
    const value = {
      text: 'ünï',
      bytes: Uint8Array.of(0, 255),
      flag: true,
      count: 4_294_967_295,
      integer: -7,
      long: -(2n ** 62n),
      nested: { x: 1, y: 0 },
      texts: ['a', '', 'b'],
      list: [
        { x: 0, y: 0 },
        { x: 3, y: 4 },
      ],
      entries: new Map([
        ['a', '1'],
        ['b', ''],
      ]),
    };
    expect(everything.decode(everything.encode(value))).toEqual(value);
  });

  test('has empty values for what was not sent', () => {
    expect(everything.decode(new Uint8Array())).toEqual({
      text: '',
      bytes: new Uint8Array(),
      flag: false,
      count: 0,
      integer: 0,
      long: 0n,
      nested: undefined,
      texts: [],
      list: [],
      entries: new Map(),
    });
  });

  test('may hold what nobody here knows', () => {
    const wire = everything.encode({ text: 'a', nested: { x: 1, y: 2 }, count: 3 });
    expect(message({ count: count(4) }).decode(wire)).toEqual({ count: 3 });
  });
});

test('messages come whole out of chunks that end anywhere', () => {
  const wire = framesOf([Buffer.from('one'), Buffer.alloc(0), Buffer.from('three')]);
  const reader = new FrameReader();
  const messages = [...wire].flatMap((byte) => reader.read(Buffer.of(byte)));
  expect(messages.map(String)).toEqual(['one', '', 'three']);
});

describe('a call', () => {
  let close: () => void;
  let connectTo: (methods: Methods, onFailure?: (error: unknown) => void) => Promise<GrpcClient>;

  beforeEach(async () => {
    const sockets: Socket[] = [];
    const path = join(tmpdir(), `tscompose-grpc-${novelty()}.sock`);
    let serve: (socket: Socket) => void = () => {};
    const server = createServer((socket) => {
      sockets.push(socket);
      serve(socket);
    }).listen(path);
    await once(server, 'listening');
    connectTo = async (methods, onFailure = () => {}) => {
      serve = (socket) => serveGrpc(socket, methods, onFailure);
      const socket = connectSocket(path);
      sockets.push(socket);
      await once(socket, 'connect');
      return new GrpcClient(socket);
    };
    close = () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    };
  });
  afterEach(() => close());

  const failureOf = async (call: Promise<unknown>) => {
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    return error instanceof GrpcFailure ? [error.code, error.message] : error;
  };

  test('is answered', async () => {
    const client = await connectTo(new Map([['/a/b', unary(async (asked) => Buffer.from(`${asked}!`))]]));
    expect(String(await client.unary('/a/b', Buffer.from('hello')))).toBe('hello!');
  });

  test('of a method that is not there says unimplemented', async () => {
    const client = await connectTo(new Map());
    expect(await failureOf(client.unary('/a/b', Buffer.of()))).toEqual([12, 'unknown method /a/b']);
  });

  test('that fails carries code and text, whatever signs are in it', async () => {
    const refuse = unary(async () => {
      throw new GrpcFailure(5, 'not here: "ü" 100 %');
    });
    const client = await connectTo(new Map([['/a/b', refuse]]));
    expect(await failureOf(client.unary('/a/b', Buffer.of()))).toEqual([5, 'not here: "ü" 100 %']);
  });

  test('that fails for a reason of ours is told to who serves', async () => {
    const told: unknown[] = [];
    const problem = new Error('the disk is gone');
    const fail = unary(async () => {
      throw problem;
    });
    const client = await connectTo(new Map([['/a/b', fail]]), (error) => told.push(error));
    const failure = await failureOf(client.unary('/a/b', Buffer.of()));
    expect([failure, told]).toEqual([[2, 'the disk is gone'], [problem]]);
  });

  test('may be answered with many messages, and waits for who reads slowly', async () => {
    const large = Buffer.alloc(100_000, 'x');
    const client = await connectTo(
      new Map([
        [
          '/a/b',
          async (call) => {
            for (let index = 0; index < 50; index++) await call.send(large, Buffer.of(index));
          },
        ],
      ]),
    );
    const lengths: number[] = [];
    for await (const each of client.stream('/a/b', Buffer.of())) lengths.push(each.length);
    expect([lengths.length, lengths.reduce((total, length) => total + length)]).toEqual([100, 5_000_050]);
  });

  test('that is aborted ends on both sides', async () => {
    const controller = new AbortController();
    let hasEnded: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      hasEnded = resolve;
    });
    const client = await connectTo(
      new Map([
        [
          '/a/b',
          async ({ signal }) => {
            controller.abort();
            await once(signal, 'abort');
            hasEnded();
          },
        ],
      ]),
    );
    const outcome = await failureOf(client.unary('/a/b', Buffer.of(), { signal: controller.signal }));
    await ended;
    expect(outcome).toMatchObject({ code: 'cancelled' });
  });

  test('ends when the connection breaks', async () => {
    const client = await connectTo(new Map([['/a/b', unary(async () => close() as never)]]));
    expect(await failureOf(client.unary('/a/b', Buffer.of()))).not.toBeUndefined();
  });

  test('keeps values apart that were sent under one name', async () => {
    const show = unary(async (_, call) => Buffer.from(JSON.stringify(call.metadata('path'))));
    const client = await connectTo(new Map([['/a/b', show]]));
    const answer = await client.unary('/a/b', Buffer.of(), { metadata: { path: ['a, b', 'c'] } });
    expect(JSON.parse(String(answer))).toEqual(['a, b', 'c']);
  });

  test('of a client that is closed at once breaks nothing', async () => {
    const client = await connectTo(new Map());
    client.close();
    expect(await failureOf(client.unary('/a/b', Buffer.of()))).not.toBeUndefined();
  });
});
