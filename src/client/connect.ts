import { connectEngine } from '../engine/docker/connect.js';
import type { Engine } from '../engine/engine.js';
import { given } from '../model/given.js';
import type { SurroundingsRequest } from './this-process.js';
import { thisProcess } from './this-process.js';

/** Which engine, and how to reach it. Without any: as the docker command finds it. */
export interface ConnectOptions extends SurroundingsRequest {
  /** Address as in DOCKER_HOST: `unix:///…`, `tcp://…`, `ssh://…`, `npipe://…`. */
  readonly host?: string | undefined;
  /** Name of a docker context. */
  readonly context?: string | undefined;
  /** Told of what is wrong with docker's own files, when the work goes on without them. */
  readonly onWarning?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An engine that was connected to. `await using` closes the connection. */
export type Connection = Engine & AsyncDisposable;

/**
 * Connects to a container engine: the one of the options, else of DOCKER_HOST, else of the docker context, else the
 * first of the usual sockets that answers. Throws EngineError with everything that was tried.
 */
export async function connect(options: ConnectOptions = {}): Promise<Connection> {
  const { host, context, onWarning, signal } = options;
  const { environment, homeDir } = thisProcess(options);
  const engine = await connectEngine(
    { environment: pointedAt(environment, host, context), homeDir, ...given({ warn: onWarning }) },
    signal,
  );
  return Object.assign(engine, { [Symbol.asyncDispose]: async () => engine.close() });
}

/** What is asked for here counts more than the environment: of two addresses, DOCKER_HOST would win. */
export function pointedAt(
  environment: ReadonlyMap<string, string>,
  host: string | undefined,
  context: string | undefined,
): ReadonlyMap<string, string> {
  if (host === undefined && context === undefined) return environment;
  const pointed = new Map(environment);
  pointed.delete('DOCKER_HOST');
  pointed.delete('DOCKER_CONTEXT');
  if (host !== undefined) return pointed.set('DOCKER_HOST', host);
  return pointed.set('DOCKER_CONTEXT', context ?? '');
}
