import { createHash } from 'node:crypto';
import { relative } from 'node:path/posix';
import type { BuildRequest, ImageBuild, OpenContext } from '../../src/model/build.js';
import type { BuildPlaces } from '../../src/model/build-places.js';
import type { ContextEntry, ContextFiles } from '../../src/model/context-files.js';
import { BuildPlaceError } from '../../src/problems/errors.js';

/** Text by absolute path. Changing it changes what builds find. */
export type MemoryTree = Map<string, string>;

/** Contexts in memory: no ignore rules, no archives. Remembers every state of a context that it was asked about. */
export function memoryBuildPlaces(tree: MemoryTree): BuildPlaces {
  const remembered = new Map<string, ReadonlyMap<string, string>>();
  const digestOf = (directory: string, without?: string): string => {
    const files = new Map([...filesBelow(tree, directory)].filter(([path]) => path !== without));
    const digest = shortDigest(JSON.stringify([...files]));
    remembered.set(digest, files);
    return digest;
  };
  return {
    async open(build) {
      return requestOf(build, tree);
    },
    async readDockerfile(build) {
      return isUrl(build.spec.context) ? undefined : dockerfileText(build, tree);
    },
    async inputs(build) {
      const { context, dockerfile = 'Dockerfile', args, target, additionalContexts } = build.spec;
      if (isUrl(context)) return undefined;
      const others = [...additionalContexts].map(([name, place]) => {
        const digest = place.startsWith('/') ? digestOf(place) : shortDigest(place);
        return [`additional_contexts.${name}`, digest] as const;
      });
      return new Map([
        ['context', digestOf(context, dockerfile)],
        ['dockerfile', shortDigest(dockerfileText(build, tree))],
        ...[...args].map(([name, value]) => [`args.${name}`, shortDigest(value)] as const),
        ...(target === undefined ? [] : [['target', shortDigest(target)] as const]),
        ...others,
      ]);
    },
    async changedFiles(before, now) {
      const [old, fresh] = [remembered.get(before), remembered.get(now)];
      if (old === undefined || fresh === undefined) return undefined;
      const names = new Set([...old.keys(), ...fresh.keys()]);
      return [...names].filter((name) => old.get(name) !== fresh.get(name)).sort();
    },
  };
}

function requestOf(build: ImageBuild, tree: MemoryTree): BuildRequest {
  const { context, dockerfileInline, additionalContexts, secrets } = build.spec;
  return {
    build,
    context: openContext(context, tree),
    dockerfileText: dockerfileInline,
    additionalContexts: new Map(
      [...additionalContexts].map(([name, place]) => [name, openContext(place, tree)]),
    ),
    openCache(directory) {
      throw new BuildPlaceError(directory, `there are no caches in memory: ${directory}`);
    },
    async readSecret(id) {
      const source = secrets.find((secret) => secret.id === id)?.source;
      const text = source?.kind === 'file' ? tree.get(source.path) : source?.value;
      return text === undefined ? undefined : Buffer.from(text);
    },
  };
}

function openContext(place: string, tree: MemoryTree): OpenContext {
  if (place.startsWith('docker-image://'))
    return { kind: 'image', reference: place.slice('docker-image://'.length) };
  return isUrl(place) ? { kind: 'url', url: place } : { kind: 'files', files: memoryFiles(place, tree) };
}

function memoryFiles(directory: string, tree: MemoryTree): ContextFiles {
  const files = filesBelow(tree, directory);
  return {
    async list() {
      return [...files].map(
        ([path, text]): ContextEntry => ({
          path,
          kind: 'file',
          mode: 0o644,
          sizeBytes: Buffer.byteLength(text),
          modifiedAtMs: 0,
          linkTarget: undefined,
        }),
      );
    },
    async *read(path) {
      yield Buffer.from(files.get(path) ?? '');
    },
  };
}

function dockerfileText({ spec }: ImageBuild, tree: MemoryTree): string {
  const path = `${spec.context}/${spec.dockerfile ?? 'Dockerfile'}`;
  if (filesBelow(tree, spec.context).size === 0 && spec.dockerfileInline === undefined)
    throw new BuildPlaceError(spec.context, `unable to prepare context: path "${spec.context}" not found`);
  const text = spec.dockerfileInline ?? tree.get(path);
  if (text === undefined) throw new BuildPlaceError(path, `there is no Dockerfile at ${path}`);
  return text;
}

function filesBelow(tree: MemoryTree, directory: string): ReadonlyMap<string, string> {
  const inside = [...tree].filter(([path]) => path.startsWith(`${directory}/`));
  return new Map(inside.map(([path, text]) => [relative(directory, path), text] as const).sort());
}

function isUrl(place: string): boolean {
  return place.includes('://');
}

function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
