import { isAbsolute } from 'node:path';
import type { OpenContext } from '../../model/build.js';
import { BuildPlaceError } from '../../problems/errors.js';
import { layoutScheme, parseLayoutReference, resolveLayout } from '../oci-layout/layout-reference.js';
import { kindOf } from './context-place.js';
import { directoryContext } from './directory-context.js';
import { readIgnoreRules } from './read-ignore-rules.js';
import type { LookInto } from './walk-directory.js';

const imageScheme = 'docker-image://';
/** What bake has, and an engine cannot be given. */
const foreignSchemes = ['target:'];

/** One of `additional_contexts`. A directory has ignore rules of its own. Throws BuildPlaceError. */
export async function openAdditionalContext(
  name: string,
  place: string,
  lookInto: LookInto,
): Promise<OpenContext> {
  if (place.startsWith(imageScheme)) return { kind: 'image', reference: place.slice(imageScheme.length) };
  if (place.startsWith(layoutScheme))
    return { kind: 'layout', ...(await resolveLayout(name, parseLayoutReference(place))) };
  const foreign = foreignSchemes.find((scheme) => place.startsWith(scheme));
  if (foreign !== undefined) throw notSupported(name, place, foreign);
  if (!isAbsolute(place)) return { kind: 'url', url: place };
  await requireDirectory(name, place);
  const directory = await readIgnoreRules(place, undefined);
  return { kind: 'files', files: directoryContext(directory, ['additional_contexts', name], lookInto) };
}

/** Throws BuildPlaceError unless the place of an additional context is a directory. */
export async function requireDirectory(name: string, place: string): Promise<void> {
  const kind = await kindOf(place);
  if (kind === 'directory') return;
  const what = kind === 'missing' ? 'no such file or directory' : 'is not a directory';
  throw new BuildPlaceError(place, `failed to get build context ${name}: ${place}: ${what}`, {
    hint: `Look at "additional_contexts": "${name}" names a directory relative to the Compose file.`,
  });
}

function notSupported(name: string, place: string, scheme: string): BuildPlaceError {
  return new BuildPlaceError(place, `failed to get build context ${name}: "${scheme}" is not supported`, {
    hint: 'Use a directory, docker-image://IMAGE, oci-layout://DIRECTORY, service:SERVICE, or a URL.',
  });
}
