import type { BuildProgress, BuildRequest } from '../model/build.js';

/** Part of the port: making images from Dockerfiles. */
export interface BuildPort {
  /** Which builder the engine has. Known after one small question, and kept. */
  builder(signal?: AbortSignal): Promise<'buildkit' | 'classic'>;
  /**
   * Builds an image. Kind `build-failed` when the Dockerfile does not work out: the evidence holds the failing step,
   * its last lines and the lines of the Dockerfile. `unsupported` for what the builder cannot do. Aborting `signal`
   * cancels the build in the engine too.
   */
  build(request: BuildRequest, options: BuildOptions, signal?: AbortSignal): Promise<BuildResult>;
  /** Looks for mistakes in the Dockerfile without building. Only with BuildKit; else kind `unsupported`. */
  check(request: BuildRequest, options: BuildOptions, signal?: AbortSignal): Promise<readonly BuildWarning[]>;
}

export interface BuildOptions {
  readonly onProgress: (progress: BuildProgress) => void;
  /** Of the classic builder: how much memory RUN gets. */
  readonly memoryBytes?: number;
}

export interface BuildResult {
  /** As `findImage` gives it: `sha256:…`. undefined: the image went to a registry only. */
  readonly imageId: string | undefined;
}

export interface BuildWarning {
  /** Name of the rule: `FromAsCasing`. */
  readonly rule: string;
  readonly text: string;
  readonly detail: string | undefined;
  readonly url: string | undefined;
  /** In the Dockerfile; counts from 1. */
  readonly line: number | undefined;
}
