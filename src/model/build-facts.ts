import type { ImageBuild } from './build.js';
import type { BuildInputs } from './build-places.js';

/** What is known of one build before it is planned. */
export interface BuildFact {
  /** With the label that says what it is made from. */
  readonly build: ImageBuild;
  /** Services whose images it begins with or copies from, as far as they are built too. */
  readonly needs: readonly BuildNeed[];
  /** undefined: nobody can know without building. */
  readonly inputs: BuildInputs | undefined;
  /** What differs from what its image was made from; undefined: the image does not say, or is not here. */
  readonly differences: readonly InputDifference[] | undefined;
}

export interface BuildNeed {
  readonly service: string;
  /** `context`: the file says so with `service:`; `image`: the Dockerfile names the image. */
  readonly kind: 'context' | 'image';
}

/** By service, each after those that it needs. */
export type BuildFacts = ReadonlyMap<string, BuildFact>;

/** One input of a build that is not as it was. */
export interface InputDifference {
  /** As in BuildInputs: `context`, `args.MODE`… */
  readonly key: string;
  /** Of a context: which files. undefined: nobody remembers. */
  readonly files: readonly string[] | undefined;
}
