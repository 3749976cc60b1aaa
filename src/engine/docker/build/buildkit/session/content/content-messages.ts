import { bytes, integer, long, message, nested, text } from '../../grpc/message.js';

/*
 * Messages of `containerd.services.content.v1.Content`, as much of them as we use. Source:
 * api/services/content/v1/content.proto of containerd/containerd.
 */

export const infoRequest = message({ digest: text(1) });
export const infoResponse = message({ info: nested(1, message({ digest: text(1), size: long(2) })) });

export const readRequest = message({ digest: text(1), offset: long(2), size: long(3) });
export const readResponse = message({ offset: long(1), data: bytes(2) });

export const writeAction = { stat: 0, write: 1, commit: 2 } as const;

export const writeRequest = message({
  action: integer(1),
  ref: text(2),
  total: long(3),
  expected: text(4),
  offset: long(5),
  data: bytes(6),
});

export const writeResponse = message({
  action: integer(1),
  offset: long(4),
  total: long(5),
  digest: text(6),
});
