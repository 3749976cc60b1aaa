import type { ContextEntry, ContextFiles } from '../../../../../../model/context-files.js';
import type { IncomingCall } from '../../grpc/grpc-server.js';
import { GrpcFailure, grpcCode } from '../../grpc/status.js';
import { packet, packetType, statPacket } from './file-packets.js';

/** Files that are read and sent at the same time. */
const atOnce = 16;

/** Entries that are announced in one go. */
const batchSize = 256;

/** Content of one packet; the engine's limit for a message is 16 MB, and others want their turn. */
const chunkBytes = 256 * 1024;

/**
 * Sends a directory: announces all of `entries`, sends the content of the files that are asked for, and ends when the
 * engine has what it wants (method DiffCopy of `moby.filesync.v1.FileSync`).
 */
export async function sendFiles(
  call: IncomingCall,
  files: ContextFiles,
  entries: readonly ContextEntry[],
): Promise<void> {
  const failing = failure();
  const announcing = announce(call, entries).catch(failing.fail);
  const sending = new Set<Promise<void>>();
  const answering = answerRequests(call, async (id) => {
    if (sending.size >= atOnce) await Promise.race(sending);
    const entry = entries[id];
    if (entry === undefined) throw new GrpcFailure(grpcCode.invalidArgument, `there is no file ${id}`);
    const one = sendContent(call, files, entry, id)
      .catch(failing.fail)
      .finally(() => sending.delete(one));
    sending.add(one);
  });
  // The engine goes on waiting for a file that cannot be read: then there is no sense in hearing it out.
  await Promise.race([answering, failing.promise]);
  await Promise.race([Promise.all([announcing, ...sending]), failing.promise]);
  await call.send(packet.encode({ type: packetType.finish }));
}

/** A promise that only ever fails. */
function failure(): { readonly promise: Promise<never>; fail(error: unknown): void } {
  let fail: (error: unknown) => void = () => {};
  const promise = new Promise<never>((_, reject) => {
    fail = reject;
  });
  promise.catch(() => {});
  return { promise, fail };
}

/** Until the engine has everything. */
async function answerRequests(call: IncomingCall, answer: (id: number) => Promise<void>): Promise<void> {
  for await (const message of call.messages) {
    const { type, id, data } = packet.decode(message);
    if (type === packetType.finish) return;
    if (type === packetType.error) throw new GrpcFailure(grpcCode.unknown, Buffer.from(data).toString());
    if (type === packetType.request) await answer(id);
  }
}

async function announce(call: IncomingCall, entries: readonly ContextEntry[]): Promise<void> {
  for (let start = 0; start < entries.length; start += batchSize) {
    await call.send(...entries.slice(start, start + batchSize).map(statPacket));
  }
  await call.send(packet.encode({ type: packetType.stat }));
}

async function sendContent(
  call: IncomingCall,
  files: ContextFiles,
  { path }: ContextEntry,
  id: number,
): Promise<void> {
  const end = packet.encode({ type: packetType.data, id });
  let waiting: Uint8Array | undefined;
  for await (const piece of files.read(path, call.signal)) {
    for (let start = 0; start < piece.length; start += chunkBytes) {
      if (waiting !== undefined) await call.send(waiting);
      const data = piece.subarray(start, start + chunkBytes);
      waiting = packet.encode({ type: packetType.data, id, data });
    }
  }
  // The last piece and the end travel together: most files are small.
  await call.send(...(waiting === undefined ? [end] : [waiting, end]));
}
