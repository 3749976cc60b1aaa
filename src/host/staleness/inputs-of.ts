import { isAbsolute } from 'node:path';
import type { BuildSpec } from '../../model/build.js';
import type { BuildInputs } from '../../model/build-places.js';
import { requireDirectory } from '../context/additional-context.js';
import { placeOfContext } from '../context/context-place.js';
import { dockerfileOutside, findDockerfile, pathInContext } from '../context/find-dockerfile.js';
import { readIgnoreRules } from '../context/read-ignore-rules.js';
import { buildInputs } from './build-inputs.js';
import type { DirectoryStates } from './directory-states.js';
import { hashOfLarge } from './hash-files.js';

/** Digests of what a build reads. undefined: some of it is elsewhere, or can be had only once. */
export async function inputsOf(
  spec: BuildSpec,
  states: DirectoryStates,
  signal: AbortSignal | undefined,
): Promise<BuildInputs | undefined> {
  if ([...spec.additionalContexts.values()].some(isElsewhere)) return undefined;
  const place = await placeOfContext(spec.context);
  if (place.kind === 'url' || place.kind === 'stdin') return undefined;
  const [main, additionalContexts] = await Promise.all([
    place.kind === 'directory'
      ? ofDirectory(place.path, spec, states, signal)
      : ofArchive(place.path, spec, signal),
    ofAdditional(spec, states, signal),
  ]);
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
  const { rules, path: rulesPath } = await readIgnoreRules(root, dockerfile.path);
  const without = pathInContext(dockerfile, root);
  const context = await states.digest({ root, rules, rulesPath, without }, signal);
  return { context, dockerfileText: dockerfile.text };
}

async function ofArchive(
  path: string,
  spec: BuildSpec,
  signal: AbortSignal | undefined,
): Promise<MainDigests> {
  const [context, dockerfileText] = await Promise.all([hashOfLarge(path, signal), dockerfileOutside(spec)]);
  return { context, dockerfileText };
}

async function ofAdditional(
  { additionalContexts }: BuildSpec,
  states: DirectoryStates,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const directories = [...additionalContexts].filter(([, place]) => isAbsolute(place));
  const digests = directories.map(async ([name, root]) => {
    await requireDirectory(name, root);
    const { rules, path: rulesPath } = await readIgnoreRules(root, undefined);
    return [name, await states.digest({ root, rules, rulesPath, without: undefined }, signal)] as const;
  });
  return new Map(await Promise.all(digests));
}

/** A URL. What images and other services hold is known to the engine and to whoever knows the other builds. */
function isElsewhere(place: string): boolean {
  return !isAbsolute(place) && !/^(docker-image:\/\/|service:)/.test(place);
}
