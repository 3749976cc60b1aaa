import {
  bytes,
  entries,
  flag,
  integer,
  list,
  long,
  message,
  nested,
  type Of,
  text,
  texts,
} from '../grpc/message.js';

/*
 * Messages of `moby.buildkit.v1.Control`, as much of them as we use. Source: api/services/control/control.proto and
 * solver/pb/ops.proto of moby/buildkit.
 */

const cacheEntry = message({ type: text(1), attributes: entries(2, text(2)) });

export const solveRequest = message({
  ref: text(1),
  exporter: text(3),
  exporterAttributes: entries(4, text(2)),
  session: text(5),
  frontend: text(6),
  frontendAttributes: entries(7, text(2)),
  cache: nested(8, message({ exports: list(4, cacheEntry), imports: list(5, cacheEntry) })),
  entitlements: texts(9),
});
export type SolveRequest = Partial<Of<typeof solveRequest>>;

export const solveResponse = message({ exporterResponse: entries(1, text(2)) });

export const statusRequest = message({ ref: text(1) });

const timestamp = message({ seconds: long(1), nanos: integer(2) });
export type Timestamp = Of<typeof timestamp>;

const vertex = message({
  digest: text(1),
  name: text(3),
  isCached: flag(4),
  started: nested(5, timestamp),
  completed: nested(6, timestamp),
  error: text(7),
});
export type Vertex = Of<typeof vertex>;

const vertexStatus = message({
  id: text(1),
  vertex: text(2),
  name: text(3),
  current: long(4),
  total: long(5),
  started: nested(7, timestamp),
  completed: nested(8, timestamp),
});
export type VertexStatus = Of<typeof vertexStatus>;

const vertexLog = message({ vertex: text(1), stream: long(3), text: bytes(4) });

const position = message({ line: integer(1), character: integer(2) });
const range = message({ start: nested(1, position), end: nested(2, position) });

const vertexWarning = message({
  vertex: text(1),
  short: bytes(3),
  url: text(5),
  ranges: list(7, range),
});

export const statusResponse = message({
  vertexes: list(1, vertex),
  statuses: list(2, vertexStatus),
  logs: list(3, vertexLog),
  warnings: list(4, vertexWarning),
});
export type StatusResponse = Of<typeof statusResponse>;
