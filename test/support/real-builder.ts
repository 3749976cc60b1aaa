import { homedir } from 'node:os';
import { connectEngine } from '../../src/engine/docker/connect.js';
import type { Engine } from '../../src/engine/engine.js';
import type { BuildProgress, BuildRequest } from '../../src/model/build.js';
import { EngineError } from '../../src/problems/errors.js';
import { type BuildWish, buildRequest, outputOf } from './build-request.js';
import { processEnvironment } from './scenario-stack.js';

/** What came of a build. */
export interface Built {
  readonly imageId: string | undefined;
  readonly progress: readonly BuildProgress[];
  /** What its steps printed. */
  readonly output: string;
}

/** Builds on the engine that answers here, with more variables than those of this process. */
export class RealBuilder {
  readonly engine: Engine;
  readonly #imageIds = new Set<string>();

  private constructor(engine: Engine) {
    this.engine = engine;
  }

  static async connect(variables: Readonly<Record<string, string>> = {}): Promise<RealBuilder> {
    const environment = new Map([...processEnvironment(), ...Object.entries(variables)]);
    return new RealBuilder(await connectEngine({ environment, homeDir: homedir() }));
  }

  async build(wish: BuildWish | BuildRequest, signal?: AbortSignal): Promise<Built> {
    const progress: BuildProgress[] = [];
    const request = 'readSecret' in wish ? wish : buildRequest(wish);
    const onProgress = (each: BuildProgress) => progress.push(each);
    const { imageId } = await this.engine.builds.build(request, { onProgress }, signal);
    if (imageId !== undefined && request.build.names.length === 0) this.#imageIds.add(imageId);
    return { imageId, progress, output: outputOf(progress) };
  }

  /** The error that a build ends with. */
  async failureOf(wish: BuildWish): Promise<EngineError> {
    const error: unknown = await this.build(wish).catch((thrown: unknown) => thrown);
    if (error instanceof EngineError) return error;
    throw error;
  }

  /** Takes along the images that got no name. */
  async close(): Promise<void> {
    // One may still be what another was made from.
    for (const id of this.#imageIds) await this.engine.images.remove(id).catch(() => {});
    this.engine.close();
  }
}

/** Whether the engine's BuildKit has the newer parts of the language: heredocs, named contexts, checks. */
export async function hasNewBuildkit(): Promise<boolean> {
  const builder = await RealBuilder.connect();
  const [major = 0, minor = 0] = builder.engine.version.apiVersion.split('.').map(Number);
  await builder.close();
  // Docker 27.
  return major > 1 || minor >= 46;
}
