import type { Span } from '../../model/span.js';

/** Gets files of elsewhere: from registries and Git. The outside of loading; see host/remote. */
export interface RemoteFiles {
  /**
   * A copy of what a reference means now, on this host. Throws TscomposeError, saying what is missing or who refuses.
   * `oci://host/repository[:tag]`, `https://host/repository.git[#ref[:directory]]` and the like.
   */
  fetch(reference: string): Promise<RemoteCopy>;
  /** Whether a file of elsewhere may have these things of this host. */
  accept(reaches: readonly RemoteReach[]): Promise<boolean>;
}

export interface RemoteCopy {
  /** The directory that holds all of it; what it names must be inside. Absolute, links followed. */
  readonly root: string;
  /** Compose files in merge order, absolute; or the directory to look for one in. */
  readonly place: { readonly files: readonly string[] } | { readonly directory: string };
}

/** Something of this host that a file of elsewhere names. */
export interface RemoteReach {
  /** `services.web.volumes[0]`. */
  readonly name: string;
  /** `/etc/passwd`, or the program that would run. */
  readonly what: string;
  readonly span: Span;
}
