import type { ContentStore, ContentWriter } from '../../../../../../model/content-store.js';
import type { IncomingCall } from '../../grpc/grpc-server.js';
import type { Of } from '../../grpc/message.js';
import { GrpcFailure, grpcCode } from '../../grpc/status.js';
import { writeAction, writeRequest, writeResponse } from './content-messages.js';

/**
 * Takes content in (method Write): each message is answered with how much has come. What breaks off leaves nothing
 * behind; the engine then begins anew.
 */
export async function writeContent(
  call: IncomingCall,
  store: ContentStore,
  onWritten: (digest: string) => void,
): Promise<void> {
  let writer: ContentWriter | undefined;
  try {
    for await (const message of call.messages) {
      const request = writeRequest.decode(message);
      await refuseKnown(store, request.expected, onWritten);
      writer ??= await store.begin();
      await takeIn(writer, request);
      const { action, expected, total } = request;
      const offset = BigInt(writer.writtenBytes);
      if (action !== writeAction.commit) {
        await call.send(writeResponse.encode({ action, offset, total }));
        continue;
      }
      if (total > 0n && total !== offset)
        throw new GrpcFailure(grpcCode.invalidArgument, `${offset} bytes came instead of ${total}`);
      const digest = await writer.commit(expected === '' ? undefined : expected);
      writer = undefined;
      onWritten(digest);
      await call.send(writeResponse.encode({ action, offset, total, digest }));
      return;
    }
  } finally {
    await writer?.discard();
  }
}

/** For the engine that is as good as having written it. */
async function refuseKnown(
  store: ContentStore,
  digest: string,
  onWritten: (digest: string) => void,
): Promise<void> {
  if (digest === '' || (await store.sizeOf(digest)) === undefined) return;
  onWritten(digest);
  throw new GrpcFailure(grpcCode.alreadyExists, `content ${digest}: already exists`);
}

async function takeIn(
  writer: ContentWriter,
  { action, offset, data }: Of<typeof writeRequest>,
): Promise<void> {
  if (action === writeAction.stat) return;
  // Without an offset it begins once more.
  if (offset === 0n && writer.writtenBytes > 0) await writer.restart();
  if (offset !== BigInt(writer.writtenBytes))
    throw new GrpcFailure(grpcCode.outOfRange, `the next byte is ${writer.writtenBytes}, not ${offset}`);
  if (data.length > 0) await writer.write(data);
}
