import { type Methods, unary } from '../grpc/grpc-server.js';
import { bytes, message, text } from '../grpc/message.js';
import { GrpcFailure, grpcCode } from '../grpc/status.js';

const request = message({ id: text(1) });
const response = message({ data: bytes(1) });

/** Hands out secrets, each when a RUN mounts it. */
export function secretMethods(readSecret: (id: string) => Promise<Uint8Array | undefined>): Methods {
  const getSecret = unary(async (asked) => {
    const { id } = request.decode(asked);
    const data = await readSecret(id);
    // BuildKit goes on without it unless the RUN requires it.
    if (data === undefined) throw new GrpcFailure(grpcCode.notFound, `secret ${id} not found`);
    return response.encode({ data });
  });
  return new Map([['/moby.buildkit.secrets.v1.Secrets/GetSecret', getSecret]]);
}
