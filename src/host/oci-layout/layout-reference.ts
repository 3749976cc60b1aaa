import { resolve } from 'node:path';
import { BuildPlaceError } from '../../problems/errors.js';
import { LayoutDirectory } from './layout-directory.js';

/** What `oci-layout://DIRECTORY[:TAG][@DIGEST]` names. */
export interface LayoutReference {
  /** Absolute: a relative one begins where the command runs, as docker has it. */
  readonly directory: string;
  readonly tag: string;
  readonly digest: string | undefined;
}

export const layoutScheme = 'oci-layout://';

export function parseLayoutReference(place: string): LayoutReference {
  const [, path = '', tag = 'latest', digest] =
    /^oci-layout:\/\/(.*?)(?::([^:/@]+))?(?:@([^@/]+))?$/s.exec(place) ?? [];
  return { directory: resolve(path), tag, digest };
}

/** The digest of the image that is named, in a directory that has it. Throws BuildPlaceError. */
export async function resolveLayout(
  name: string,
  { directory, tag, digest }: LayoutReference,
): Promise<{ readonly content: LayoutDirectory; readonly digest: string }> {
  const content = new LayoutDirectory(directory);
  const found = digest ?? (await content.find(tag, 'only'))?.digest;
  if (found !== undefined && (await content.sizeOf(found)) !== undefined) return { content, digest: found };
  const tags = await content.tags();
  const what = digest ?? `an image with the tag "${tag}"`;
  throw new BuildPlaceError(
    directory,
    `failed to get build context ${name}: the OCI layout ${directory} has no ${digest ?? `"${tag}"`}`,
    {
      hint:
        tags.length === 0
          ? `Look at "additional_contexts": "${name}" names a directory with an index.json and ${what} in it.`
          : `It has ${tags.map((each) => `"${each}"`).join(', ')}.`,
    },
  );
}
