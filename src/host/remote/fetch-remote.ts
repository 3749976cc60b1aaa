import type { HostPrograms } from '../../model/host-programs.js';
import type { RegistryClient } from '../../registry/registry-client.js';
import type { CopySurroundings } from './copy-place.js';
import { gitCopy } from './git-copy.js';
import { GitProgram } from './git-program.js';
import { ociCopy } from './oci-copy.js';

/** What fetching needs of this host. */
export interface FetchSurroundings extends CopySurroundings {
  readonly programs: HostPrograms;
  readonly registry: RegistryClient;
}

/** What was fetched: `root` holds all of it. */
export interface FetchedCopy {
  readonly root: string;
  readonly place: { readonly files: readonly string[] } | { readonly directory: string };
}

/** Fetches what a reference means now: from a registry (`oci://…`), or from Git. Throws TscomposeError. */
export async function fetchRemote(reference: string, surroundings: FetchSurroundings): Promise<FetchedCopy> {
  const { registry, programs, environment } = surroundings;
  if (reference.startsWith('oci://')) {
    const { root, files } = await ociCopy(reference, registry, surroundings);
    return { root, place: { files } };
  }
  const { root, path, kind } = await gitCopy(reference, new GitProgram(programs, environment), surroundings);
  return { root, place: kind === 'file' ? { files: [path] } : { directory: path } };
}
