import type { ContentStore } from '../../../../../../model/content-store.js';
import { type IncomingCall, type Method, type Methods, unary } from '../../grpc/grpc-server.js';
import { GrpcFailure, grpcCode } from '../../grpc/status.js';
import { infoRequest, infoResponse, readRequest, readResponse } from './content-messages.js';
import { writeContent } from './write-content.js';

/** By the name under which the engine asks for it: `local:DIRECTORY` for caches, `oci:NAME` for contexts. */
export type ContentStores = ReadonlyMap<string, ContentStore>;

/** Header that says which store a call is about. */
const storeHeader = 'buildkit-attachable-store-id';

const service = '/containerd.services.content.v1.Content';

/**
 * Lets the engine read content from here, and write it. It asks for nothing else: lists and labels are those of its own
 * store. `onWritten` gets to know each digest that it has had here at the end of a write, new or not.
 */
export function contentMethods(
  stores: ContentStores,
  onWritten: (store: string, digest: string) => void,
): Methods {
  if (stores.size === 0) return new Map();
  const find = (call: IncomingCall) => {
    const name = call.metadata(storeHeader)[0] ?? '';
    const store = stores.get(name);
    if (store === undefined) throw new GrpcFailure(grpcCode.notFound, `the build has no content "${name}"`);
    return { name, store };
  };
  const info = unary(async (asked, call) => {
    const { digest } = infoRequest.decode(asked);
    const size = await sizeOf(find(call).store, digest);
    return infoResponse.encode({ info: { digest, size: BigInt(size) } });
  });
  const write: Method = (call) => {
    const { name, store } = find(call);
    return writeContent(call, store, (digest) => onWritten(name, digest));
  };
  return new Map<string, Method>([
    [`${service}/Info`, info],
    [`${service}/Read`, async (call) => readContent(call, find(call).store)],
    [`${service}/Write`, write],
  ]);
}

/** A size of 0 asks for all. */
async function readContent(call: IncomingCall, store: ContentStore): Promise<void> {
  for await (const asked of call.messages) {
    const { digest, offset, size } = readRequest.decode(asked);
    const sizeBytes = await sizeOf(store, digest);
    const startBytes = Number(offset);
    if (startBytes > sizeBytes)
      throw new GrpcFailure(grpcCode.outOfRange, `${digest} has only ${sizeBytes} bytes`);
    const lengthBytes = size > 0n ? Math.min(Number(size), sizeBytes - startBytes) : sizeBytes - startBytes;
    let at = 0;
    for await (const data of store.read(digest, { startBytes, lengthBytes }, call.signal)) {
      await call.send(readResponse.encode({ offset: BigInt(at), data }));
      at += data.length;
    }
    return;
  }
}

async function sizeOf(store: ContentStore, digest: string): Promise<number> {
  const sizeBytes = await store.sizeOf(digest);
  if (sizeBytes === undefined) throw new GrpcFailure(grpcCode.notFound, `content ${digest}: not found`);
  return sizeBytes;
}
