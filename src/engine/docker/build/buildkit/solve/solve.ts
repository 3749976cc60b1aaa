import type { BuildProgress, BuildRequest } from '../../../../../model/build.js';
import type { GrpcClient } from '../grpc/grpc-client.js';
import type { BuildSession } from '../session/open-session.js';
import {
  type SolveRequest,
  solveRequest,
  solveResponse,
  statusRequest,
  statusResponse,
} from './control-messages.js';
import { explainFailure } from './explain-failure.js';
import { StatusReader } from './read-status.js';

export interface Solving {
  readonly wanted: SolveRequest;
  readonly request: BuildRequest;
  readonly session: BuildSession;
  readonly onProgress: (progress: BuildProgress) => void;
}

/** Has a build done, and tells how it goes. Gives what the exporter says: digests by name. Throws EngineError. */
export async function solve(
  control: GrpcClient,
  solving: Solving,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const { wanted, request, session, onProgress } = solving;
  const reader = new StatusReader(onProgress);
  const watching = watch(control, wanted.ref ?? '', reader, signal);
  try {
    const answer = await control.unary('/moby.buildkit.v1.Control/Solve', solveRequest.encode(wanted), {
      signal,
    });
    return solveResponse.decode(answer).exporterResponse;
  } catch (error) {
    await watching;
    throw session.problem ?? (await explainFailure(error, request, reader));
  } finally {
    // It ends by itself, after what there was to say.
    await watching;
    reader.cancel();
  }
}

/** Progress is a courtesy: a build does not fail because nobody could tell how it goes. */
async function watch(
  control: GrpcClient,
  ref: string,
  reader: StatusReader,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    const message = statusRequest.encode({ ref });
    for await (const each of control.stream('/moby.buildkit.v1.Control/Status', message, { signal }))
      reader.read(statusResponse.decode(each));
  } catch {
    // The end of the build itself tells more.
  }
}
