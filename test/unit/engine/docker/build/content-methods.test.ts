import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncomingCall } from '../../../../../src/engine/docker/build/buildkit/grpc/grpc-server.js';
import { GrpcFailure } from '../../../../../src/engine/docker/build/buildkit/grpc/status.js';
import {
  infoRequest,
  infoResponse,
  readRequest,
  readResponse,
  writeAction,
  writeRequest,
  writeResponse,
} from '../../../../../src/engine/docker/build/buildkit/session/content/content-messages.js';
import { contentMethods } from '../../../../../src/engine/docker/build/buildkit/session/content/content-methods.js';
import { LayoutDirectory } from '../../../../../src/host/oci-layout/layout-directory.js';
import { TemporaryTree } from '../../../host/support/temporary-tree.js';

let tree: TemporaryTree;
let layout: LayoutDirectory;
let told: string[];
beforeEach(async () => {
  tree = await TemporaryTree.create();
  layout = new LayoutDirectory(tree.root);
  told = [];
});
afterEach(() => tree.dispose());

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** What a call of the method is answered with; the code of the failure that it ends with comes last. */
async function answers<T>(
  method: string,
  messages: readonly Uint8Array[],
  decode: (message: Uint8Array) => T,
  store = 'local:cache',
): Promise<(T | number)[]> {
  const sent: (T | number)[] = [];
  const call: IncomingCall = {
    metadata: (name) => (name === 'buildkit-attachable-store-id' ? [store] : []),
    messages: (async function* () {
      for (const message of messages) yield Buffer.from(message);
    })(),
    send: async (...all) => void sent.push(...all.map(decode)),
    signal: new AbortController().signal,
  };
  const methods = contentMethods(new Map([['local:cache', layout]]), (name, digest) =>
    told.push(`${name} ${digest}`),
  );
  try {
    await methods.get(`/containerd.services.content.v1.Content/${method}`)?.(call);
  } catch (error) {
    sent.push(error instanceof GrpcFailure ? error.code : -1);
  }
  return sent;
}

const { stat, write, commit } = writeAction;
const ref = 'a';
const writes = (...messages: Parameters<typeof writeRequest.encode>[0][]) =>
  answers('Write', messages.map(writeRequest.encode), (message) => {
    const { action, offset, digest } = writeResponse.decode(message);
    return [action, Number(offset), digest] as const;
  });
const data = (text: string) => Buffer.from(text);

describe('a write', () => {
  test('is answered with how much has come, and at its end with the digest', async () => {
    const said = await writes(
      { action: stat, ref, total: 6n },
      { action: write, data: data('abc') },
      { action: write, offset: 3n, data: data('def') },
      { action: commit, offset: 6n, total: 6n, expected: digestOf('abcdef') },
    );
    expect([said, told, await layout.sizeOf(digestOf('abcdef'))]).toEqual([
      [
        [stat, 0, ''],
        [write, 3, ''],
        [write, 6, ''],
        [commit, 6, digestOf('abcdef')],
      ],
      [`local:cache ${digestOf('abcdef')}`],
      6,
    ]);
  });

  test('of what is here already ends at once, and counts', async () => {
    await writes({ action: commit, ref, data: data('abc') });
    told = [];
    const said = await writes({ action: stat, ref, expected: digestOf('abc') });
    expect([said, told]).toEqual([[6], [`local:cache ${digestOf('abc')}`]]);
  });

  test('begins once more where it is told to', async () => {
    const said = await writes(
      { action: write, ref, data: data('wrong') },
      { action: write, data: data('ab') },
      { action: commit, offset: 2n, data: data('c') },
    );
    expect(said.at(-1)).toEqual([commit, 3, digestOf('abc')]);
  });

  test.each([
    ['that leaves a gap is refused', [{ action: write, ref, offset: 3n, data: data('abc') }], 11],
    ['that is too short is refused', [{ action: commit, ref, total: 4n, data: data('abc') }], 3],
    ['of something else is refused', [{ action: commit, ref, expected: digestOf('x'), data: data('a') }], -1],
  ])('%s, and nothing is kept', async (_, messages, code) => {
    const said = await writes(...messages);
    expect([said, await layout.sizeOf(digestOf('abc')), told]).toEqual([[code], undefined, []]);
  });

  test('that breaks off leaves nothing behind', async () => {
    await writes({ action: write, ref, data: data('abc') });
    expect(await readdir(tree.at('ingest'))).toEqual([]);
  });
});

describe('content that is here', () => {
  const read = (offset: bigint, size: bigint) =>
    answers('Read', [readRequest.encode({ digest: digestOf('abcdef'), offset, size })], (message) =>
      Buffer.from(readResponse.decode(message).data).toString(),
    );
  beforeEach(() => writes({ action: commit, ref, data: data('abcdef') }));

  test.each([
    ['all of it', 0n, 0n, ['abcdef']],
    ['from a place on', 4n, 0n, ['ef']],
    ['as much as is asked for', 1n, 2n, ['bc']],
    ['what there is of it', 4n, 100n, ['ef']],
    ['nothing at its end', 6n, 1n, []],
    ['no further than that', 7n, 1n, [11]],
  ])('is read: %s', async (_, offset, size, expected) => {
    expect(await read(offset, size)).toEqual(expected);
  });

  test('has a size', async () => {
    const asked = infoRequest.encode({ digest: digestOf('abcdef') });
    expect(await answers('Info', [asked], (message) => infoResponse.decode(message).info)).toEqual([
      { digest: digestOf('abcdef'), size: 6n },
    ]);
  });
});

test.each([
  ['content', digestOf('other'), 'local:cache'],
  ['a store', digestOf('abcdef'), 'local:elsewhere'],
  ['what is no digest', '../../etc/passwd', 'local:cache'],
])('%s that is not here is not found', async (_, digest, store) => {
  expect(await answers('Info', [infoRequest.encode({ digest })], () => '', store)).toEqual([5]);
});
