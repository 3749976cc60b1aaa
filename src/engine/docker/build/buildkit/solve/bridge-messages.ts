import { bytes, entries, flag, message, nested, text } from '../grpc/message.js';

/*
 * Messages of `moby.buildkit.v1.frontend.LLBBridge`, as much of them as we use. Source:
 * frontend/gateway/pb/gateway.proto of moby/buildkit.
 */

export const bridgeRequest = message({
  frontend: text(2),
  options: entries(3, text(2)),
  allowsResult: flag(5),
  allowsResultArray: flag(6),
});

const result = message({ metadata: entries(10, bytes(2)) });

export const bridgeResponse = message({ result: nested(3, result) });

export const returnRequest = message({ result: nested(1, result) });
