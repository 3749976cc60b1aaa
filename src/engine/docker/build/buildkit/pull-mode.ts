import type { BuildRequest } from '../../../../model/build.js';
import { composeLabel } from '../../../../model/labels.js';
import { EngineError } from '../../../../problems/errors.js';
import { type ApiClient, referencePath } from '../../api-client.js';

/** Answer of `GET /images/{name}/json`, as much of it as tells where an image comes from. */
interface InspectedOrigin {
  readonly RepoDigests?: readonly string[] | null;
  readonly Config?: { readonly Labels?: Readonly<Record<string, string>> | null } | null;
}

/**
 * BuildKit asks registries for all images of a build or for none. Of an image that was only built here, as that of
 * another service, no registry knows: with one of those among the contexts none is asked. Gives the request as it can
 * be built, and the name of such an image.
 */
export async function withPossiblePull(
  api: ApiClient,
  request: BuildRequest,
  signal: AbortSignal | undefined,
): Promise<{ readonly request: BuildRequest; readonly ownImage: string | undefined }> {
  const { build, additionalContexts } = request;
  if (build.spec.pull === 'missing') return { request, ownImage: undefined };
  for (const context of additionalContexts.values()) {
    if (context.kind !== 'image' || !(await isOnlyHere(api, context.reference, signal))) continue;
    const spec = { ...build.spec, pull: 'missing' as const };
    return { request: { ...request, build: { ...build, spec } }, ownImage: context.reference };
  }
  return { request, ownImage: undefined };
}

async function isOnlyHere(
  api: ApiClient,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const path = `/images/${referencePath(reference)}/json`;
  const call = { method: 'GET', path, operation: 'find image', resource: reference, signal } as const;
  try {
    const { RepoDigests, Config } = await api.json<InspectedOrigin>(call);
    // Where images are those of containerd, even what was built here has a digest.
    return (RepoDigests ?? []).length === 0 || Config?.Labels?.[composeLabel.project] !== undefined;
  } catch (error) {
    if (error instanceof EngineError && error.kind !== 'unreachable') return false;
    throw error;
  }
}
