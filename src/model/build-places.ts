import type { BuildRequest, ImageBuild } from './build.js';

/**
 * What is at the places that builds name: directories, Dockerfiles, archives, secrets. Nothing is sent or changed by
 * asking. Whoever implements it knows the file system; planning and applying know only this.
 *
 * Every method throws BuildPlaceError, which names the path, when something that is named is not there, is of the wrong
 * kind or cannot be read; CancelledError once `signal` is aborted.
 */
export interface BuildPlaces {
  /**
   * Opens all that the build reads. Listing a directory may be put off until its files are asked for; a context or a
   * Dockerfile that is not there is said at once. `service:` contexts are images by then, see `ImageBuild.spec`.
   */
  open(build: ImageBuild, signal?: AbortSignal): Promise<BuildRequest>;
  /** Text of the Dockerfile. undefined: it is where we cannot look without fetching it (URL, archive, stdin). */
  readDockerfile(build: ImageBuild, signal?: AbortSignal): Promise<string | undefined>;
  /**
   * Digests of all that the result depends on. undefined: it cannot be known without building (the context is a URL
   * or standard input).
   */
  inputs(build: ImageBuild, signal?: AbortSignal): Promise<BuildInputs | undefined>;
  /**
   * Names of the files of a context that differ between two states of it, sorted, relative to the context. `before` and
   * `now` are digests that `inputs` gave, once, for `context` or `additional_contexts.…`. undefined: nobody here
   * remembers the files of one of them.
   */
  changedFiles(before: string, now: string, signal?: AbortSignal): Promise<readonly string[] | undefined>;
}

/**
 * What → short digest of it, never a value; the keys are those of the file: `context` (all files but the Dockerfile),
 * `dockerfile`, `args.MODE`, `target`, `labels.owner`, `additional_contexts.lib`, `secrets.token`, `platforms`… What
 * changes only how it is built and not the result (cache, ssh, tags) is not in it, and neither are `service:` contexts:
 * whoever knows the other builds adds them. Same key and same digest: the same result. It is kept in a label of the
 * image.
 */
export type BuildInputs = ReadonlyMap<string, string>;
