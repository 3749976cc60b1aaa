import { randomUUID } from 'node:crypto';
import { TscomposeError } from '../../../../../problems/errors.js';
import type { ApiClient } from '../../../api-client.js';
import { type Methods, serveGrpc, unary } from '../grpc/grpc-server.js';

/** What the engine may ask back while it builds. */
export interface BuildSession {
  readonly id: string;
  /** What went wrong on our side while we answered. */
  readonly problem: TscomposeError | undefined;
  /** The engine has nothing more to ask. */
  close(): void;
}

/** Of a service that is there: `status` is SERVING. */
const serving = Uint8Array.of(0x08, 0x01);

/** The engine gives a session up that does not answer this. */
const health: Methods = new Map([['/grpc.health.v1.Health/Check', unary(() => Promise.resolve(serving))]]);

/**
 * Opens a connection on which the engine calls our methods (API: `POST /session`). `sharedKey` is the same for
 * builds of the same files: then only what has changed since travels.
 */
export async function openSession(
  api: ApiClient,
  methods: Methods,
  sharedKey: string,
  signal: AbortSignal | undefined,
): Promise<BuildSession> {
  const id = randomUUID();
  const connection = await api.upgrade(
    {
      method: 'POST',
      path: '/session',
      headers: {
        'X-Docker-Expose-Session-Uuid': id,
        'X-Docker-Expose-Session-Name': 'tscompose',
        'X-Docker-Expose-Session-Sharedkey': sharedKey,
        'X-Docker-Expose-Session-Grpc-Method': [...methods.keys()],
      },
      operation: 'open a session for a build',
      signal,
    },
    'h2c',
  );
  let problem: TscomposeError | undefined;
  serveGrpc(connection, new Map([...health, ...methods]), (error) => {
    if (error instanceof TscomposeError) problem ??= error;
  });
  return {
    id,
    get problem() {
      return problem;
    },
    close: () => connection.destroy(),
  };
}
