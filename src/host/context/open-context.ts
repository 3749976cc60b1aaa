import type { BuildRequest, BuildSpec } from '../../model/build.js';
import { blaming } from './blame.js';
import type { ContextPlace } from './context-place.js';
import { directoryContext } from './directory-context.js';
import { dockerfileOutside, findDockerfile } from './find-dockerfile.js';
import { readEntry } from './read-entry.js';
import { readIgnoreRules } from './read-ignore-rules.js';
import type { StdinContext } from './stdin-context.js';
import type { LookInto } from './walk-directory.js';

type Opened = Pick<BuildRequest, 'context' | 'dockerfileText'>;

/** Opens the main context of a build, and with it the Dockerfile. Throws BuildPlaceError. */
export async function openContext(
  place: ContextPlace,
  spec: BuildSpec,
  stdin: StdinContext,
  lookInto: LookInto,
): Promise<Opened> {
  if (place.kind === 'directory') return openDirectory(place.path, spec, lookInto);
  if (place.kind === 'stdin') return stdin.open(spec);
  const context =
    place.kind === 'url' ? place : ({ kind: 'archive', bytes: archiveBytes(place.path) } as const);
  return { context, dockerfileText: await dockerfileOutside(spec) };
}

/** The text always comes along: ignore rules may well keep the Dockerfile out of the context. */
async function openDirectory(root: string, spec: BuildSpec, lookInto: LookInto): Promise<Opened> {
  const dockerfile = await findDockerfile(spec, root);
  const directory = await blaming(['context'], () => readIgnoreRules(root, dockerfile.path));
  const files = directoryContext(directory, ['context'], lookInto);
  return {
    context: { kind: 'files', files },
    dockerfileText: dockerfile.text,
  };
}

/** Each reader gets the archive from its beginning. */
function archiveBytes(path: string): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => readEntry(path, undefined, undefined) };
}
