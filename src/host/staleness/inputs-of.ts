import { isAbsolute } from 'node:path';
import type { BuildSpec } from '../../model/build.js';
import type { BuildInputs } from '../../model/build-places.js';
import { requireDirectory } from '../context/additional-context.js';
import { blaming } from '../context/blame.js';
import { placeOfContext } from '../context/context-place.js';
import { dockerfileOutside, findDockerfile, pathInContext } from '../context/find-dockerfile.js';
import { readIgnoreRules } from '../context/read-ignore-rules.js';
import { requireSecrets } from '../context/read-secret.js';
import { layoutScheme, parseLayoutReference, resolveLayout } from '../oci-layout/layout-reference.js';
import { buildInputs } from './build-inputs.js';
import type { DirectoryStates } from './directory-states.js';
import { hashOfLarge } from './hash-files.js';

/** Digests of what a build reads. undefined: some of it is elsewhere, or can be had only once. */
export async function inputsOf(
  spec: BuildSpec,
  states: DirectoryStates,
  signal: AbortSignal | undefined,
): Promise<BuildInputs | undefined> {
  // They are no input, but this is asked before anything is built: now is the time to say it.
  await blaming(['secrets'], () => requireSecrets(spec.secrets));
  if ([...spec.additionalContexts.values()].some(isElsewhere)) return undefined;
  const place = await placeOfContext(spec.context);
  if (place.kind === 'url' || place.kind === 'stdin') return undefined;
  // One after the other, so that nothing goes on behind an error.
  const additionalContexts = await ofAdditional(spec, states, signal);
  const main =
    place.kind === 'directory'
      ? await ofDirectory(place.path, spec, states, signal)
      : await ofArchive(place.path, spec, signal);
  return buildInputs(spec, { ...main, additionalContexts });
}

interface MainDigests {
  readonly context: string;
  readonly dockerfileText: string | undefined;
}

async function ofDirectory(
  root: string,
  spec: BuildSpec,
  states: DirectoryStates,
  signal: AbortSignal | undefined,
): Promise<MainDigests> {
  const dockerfile = await findDockerfile(spec, root);
  const without = pathInContext(dockerfile, root);
  const context = await blaming(['context'], async () => {
    const directory = await readIgnoreRules(root, dockerfile.path);
    return states.digest(directory, without, signal);
  });
  return { context, dockerfileText: dockerfile.text };
}

async function ofArchive(
  path: string,
  spec: BuildSpec,
  signal: AbortSignal | undefined,
): Promise<MainDigests> {
  const dockerfileText = await dockerfileOutside(spec);
  const context = await hashOfLarge(path, signal);
  return { context, dockerfileText };
}

async function ofAdditional(
  { additionalContexts }: BuildSpec,
  states: DirectoryStates,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for (const [name, root] of additionalContexts) {
    if (!isAbsolute(root) && !root.startsWith(layoutScheme)) continue;
    const digest = await blaming(['additional_contexts', name], async () => {
      if (!isAbsolute(root)) return (await resolveLayout(name, parseLayoutReference(root))).digest;
      await requireDirectory(name, root);
      return states.digest(await readIgnoreRules(root, undefined), undefined, signal);
    });
    digests.set(name, digest);
  }
  return digests;
}

/** A URL. What images and other services hold is known to the engine and to whoever knows the other builds. */
function isElsewhere(place: string): boolean {
  return !isAbsolute(place) && !/^(docker-image:\/\/|oci-layout:\/\/|service:)/.test(place);
}
