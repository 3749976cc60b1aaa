import { posix } from 'node:path';
import type { BuildRequest, OpenContext } from '../../../../../model/build.js';
import type { ContentStore } from '../../../../../model/content-store.js';
import type { ContextFiles } from '../../../../../model/context-files.js';
import { textOf } from '../../../../../model/text-of.js';
import { TscomposeError } from '../../../../../problems/errors.js';
import { textFiles } from '../session/files/text-files.js';
import { unsupportedByBuildkit } from '../unsupported.js';

/** Where the files of a build come from. */
export interface SentPlaces {
  /** Attributes of the frontend that say so. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Sent by the session, by the names under which the engine asks for them. */
  readonly directories: ReadonlyMap<string, ContextFiles>;
  readonly archives: ReadonlyMap<string, AsyncIterable<Uint8Array>>;
  /** Images that are read here. */
  readonly contents: ReadonlyMap<string, ContentStore>;
}

/** Name of the Dockerfile in the directory that we make for it. */
const ownName = 'Dockerfile';

/** Decides what is sent, what the engine fetches itself, and under which names. */
export async function sentPlaces(
  request: BuildRequest,
  signal: AbortSignal | undefined,
): Promise<SentPlaces> {
  const attributes = new Map<string, string>();
  const directories = new Map<string, ContextFiles>();
  const archives = new Map<string, AsyncIterable<Uint8Array>>();
  const contents = new Map<string, ContentStore>();
  const { context, additionalContexts } = request;
  if (context.kind === 'image' || context.kind === 'layout')
    throw unsupportedByBuildkit('build.context', 'an image as context', 'name it in additional_contexts');
  if (context.kind === 'files') directories.set('context', context.files);
  else attributes.set('context', addressOf(context, 'context', archives));
  for (const [name, other] of additionalContexts) {
    const key = `context:${name}`;
    if (other.kind === 'files') {
      directories.set(`context-${name}`, other.files);
      attributes.set(key, `local:context-${name}`);
    } else if (other.kind === 'layout') {
      // Names of contexts may have letters that names of images have not.
      const store = `context-${contents.size}`;
      contents.set(`oci:${store}`, other.content);
      attributes.set(key, `oci-layout://${store}@${other.digest}`);
    } else attributes.set(key, addressOf(other, `context-${name}`, archives));
  }
  // A frontend that knows nothing of them must say so instead of passing over them.
  if (additionalContexts.size > 0) attributes.set('frontend.caps', 'moby.buildkit.frontend.contexts+forward');
  await addDockerfile(request, { attributes, directories }, signal);
  return { attributes, directories, archives, contents };
}

/** An address that the engine reads, be it one that leads back to us. */
function addressOf(
  context: Exclude<OpenContext, { kind: 'files' | 'layout' }>,
  name: string,
  archives: Map<string, AsyncIterable<Uint8Array>>,
): string {
  if (context.kind === 'url') return context.url;
  if (context.kind === 'image') return `docker-image://${context.reference}`;
  archives.set(name, context.bytes);
  return `http://buildkit-session/${name}`;
}

/**
 * The Dockerfile travels in a directory of its own: it may come from elsewhere, or be hidden from the context by its
 * ignore rules. That of an archive or of a place far away is read there.
 */
async function addDockerfile(
  { build, context, dockerfileText }: BuildRequest,
  { attributes, directories }: { attributes: Map<string, string>; directories: Map<string, ContextFiles> },
  signal: AbortSignal | undefined,
): Promise<void> {
  const name = build.spec.dockerfile ?? ownName;
  if (dockerfileText === undefined && context.kind !== 'files') {
    attributes.set('filename', name);
    return;
  }
  const shownName = build.spec.dockerfileInline === undefined ? posix.basename(name) : ownName;
  attributes.set('filename', shownName);
  if (context.kind !== 'files') attributes.set('dockerfilekey', 'dockerfile');
  const text = dockerfileText ?? (await readText(context, name, signal));
  directories.set('dockerfile', textFiles(new Map(text === undefined ? [] : [[shownName, text]])));
}

/** undefined: the context has no such file; the engine says so. */
async function readText(
  context: OpenContext,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (context.kind !== 'files') return undefined;
  try {
    return await textOf(context.files.read(posix.normalize(path), signal));
  } catch (error) {
    // Whoever knows what is wrong with it has said so.
    if (error instanceof TscomposeError) throw error;
    return undefined;
  }
}
