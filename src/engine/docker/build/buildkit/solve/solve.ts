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
  const watching = new Watching(control, wanted.ref ?? '', reader);
  try {
    const message = solveRequest.encode(wanted);
    const answer = await control.unary('/moby.buildkit.v1.Control/Solve', message, { signal });
    await watching.end();
    return solveResponse.decode(answer).exporterResponse;
  } catch (error) {
    await watching.end();
    throw session.problem ?? (await explainFailure(error, request, reader));
  } finally {
    reader.cancel();
  }
}

/** How long the last words of a build may take after its end. */
const lastWordsMs = 2000;

/** Reads how a build goes. That is a courtesy: a build does not fail because nobody could tell how it goes. */
class Watching {
  readonly #stop = new AbortController();
  readonly #reading: Promise<void>;
  #hasBegun = false;

  constructor(control: GrpcClient, ref: string, reader: StatusReader) {
    this.#reading = this.#read(control, ref, reader).catch(() => {});
  }

  /** To be called once the build has ended. The stream of a build that never began would not end. */
  async end(): Promise<void> {
    if (!this.#hasBegun) this.#stop.abort();
    const limit = setTimeout(() => this.#stop.abort(), lastWordsMs);
    await this.#reading;
    clearTimeout(limit);
  }

  async #read(control: GrpcClient, ref: string, reader: StatusReader): Promise<void> {
    const message = statusRequest.encode({ ref });
    const { signal } = this.#stop;
    for await (const each of control.stream('/moby.buildkit.v1.Control/Status', message, { signal })) {
      this.#hasBegun = true;
      reader.read(statusResponse.decode(each));
    }
  }
}
