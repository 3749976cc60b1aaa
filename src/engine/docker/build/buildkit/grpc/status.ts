import { bytes, integer, list, message, type Of, text } from './message.js';

/** The codes of gRPC that we tell apart. */
export const grpcCode = {
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  notFound: 5,
  alreadyExists: 6,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
} as const;

const anyMessage = message({ typeUrl: text(1), value: bytes(2) });
const statusMessage = message({ code: integer(1), message: text(2), details: list(3, anyMessage) });

/** Something typed that a failure carries along. */
export type StatusDetail = Of<typeof anyMessage>;

/** A call that did not work out, in the words of whoever was called. */
export class GrpcFailure extends Error {
  readonly code: number;
  readonly details: readonly StatusDetail[];

  constructor(code: number, text: string, details: readonly StatusDetail[] = []) {
    super(text);
    this.name = 'GrpcFailure';
    this.code = code;
    this.details = details;
  }
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What the last headers of a call say; undefined: it went well. */
export function failureOf(headers: Headers): GrpcFailure | undefined {
  const code = Number(textOf(headers['grpc-status']) ?? grpcCode.unknown);
  if (code === 0) return undefined;
  const written = textOf(headers['grpc-message']) ?? 'the engine does not say why';
  const details = textOf(headers['grpc-status-details-bin']);
  if (details === undefined) return new GrpcFailure(code, decodeText(written));
  const status = statusMessage.decode(Buffer.from(details, 'base64'));
  return new GrpcFailure(code, status.message || decodeText(written), status.details);
}

/** The last headers of a call that did not work out. */
export function headersOfFailure(error: unknown): Record<string, string> {
  const code = error instanceof GrpcFailure ? error.code : grpcCode.unknown;
  const text = error instanceof Error ? error.message : String(error);
  return { 'grpc-status': String(code), 'grpc-message': encodeURIComponent(text) };
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

/** gRPC writes everything but printable ASCII as percent and two digits. */
function decodeText(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
