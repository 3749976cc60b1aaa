import type { Methods } from '../grpc/grpc-server.js';
import { bytes, message } from '../grpc/message.js';
import { GrpcFailure, grpcCode } from '../grpc/status.js';

const chunkMessage = message({ data: bytes(1) });

/** Pieces in which an archive travels. */
const chunkBytes = 32 * 1024;

/** Archives by the path under which the engine fetches them from `http://buildkit-session/`. */
export type Archives = ReadonlyMap<string, AsyncIterable<Uint8Array>>;

/** Sends archives that come from here, each once. */
export function uploadMethods(archives: Archives): Methods {
  if (archives.size === 0) return new Map();
  const waiting = new Map(archives);
  return new Map([
    [
      '/moby.upload.v1.Upload/Pull',
      async (call) => {
        const path = (call.metadata('urlpath')[0] ?? '').replace(/^\//, '');
        const archive = waiting.get(path);
        if (archive === undefined) throw new GrpcFailure(grpcCode.notFound, `there is no archive ${path}`);
        waiting.delete(path);
        for await (const piece of archive) {
          for (let start = 0; start < piece.length; start += chunkBytes) {
            await call.send(chunkMessage.encode({ data: piece.subarray(start, start + chunkBytes) }));
          }
        }
      },
    ],
  ]);
}
