import type { BuildRequest, BuildSpec, ImageBuild } from '../model/build.js';
import type { BuildInputs, BuildPlaces } from '../model/build-places.js';
import { openAdditionalContext } from './context/additional-context.js';
import { blaming } from './context/blame.js';
import { placeOfContext } from './context/context-place.js';
import { findDockerfile } from './context/find-dockerfile.js';
import { openContext } from './context/open-context.js';
import { readSecret, requireSecrets } from './context/read-secret.js';
import { StdinContext } from './context/stdin-context.js';
import type { LookInto } from './context/walk-directory.js';
import { openCache } from './oci-layout/open-cache.js';
import { CacheFolder, type CacheSurroundings } from './staleness/cache-folder.js';
import { DirectoryStates } from './staleness/directory-states.js';
import { inputsOf } from './staleness/inputs-of.js';

export interface BuildSurroundings extends CacheSurroundings {
  /** Standard input, read only when a build names it as its context. */
  readonly stdin: AsyncIterable<Uint8Array>;
}

/** The places of this machine's file system. */
export function nodeBuildPlaces(surroundings: BuildSurroundings): BuildPlaces {
  const stdin = new StdinContext(surroundings.stdin);
  const states = new DirectoryStates(new CacheFolder(surroundings), () => surroundings.clock.nowMs());
  const lookInto: LookInto = (directory, signal) => states.entries(directory, signal);
  return {
    open: (build) => open(build, stdin, lookInto),
    readDockerfile: ({ spec }) => readDockerfile(spec),
    inputs: ({ spec }, signal): Promise<BuildInputs | undefined> => inputsOf(spec, states, signal),
    changedFiles: (before, now) => states.changedFiles(before, now),
  };
}

/** What is missing is said before anything is read from standard input, which can be had only once. */
async function open(build: ImageBuild, stdin: StdinContext, lookInto: LookInto): Promise<BuildRequest> {
  const { spec } = build;
  const [place] = await Promise.all([
    placeOfContext(spec.context),
    blaming(['secrets'], () => requireSecrets(spec.secrets)),
  ]);
  const additional = [...spec.additionalContexts].map(
    async ([name, at]) =>
      [
        name,
        await blaming(['additional_contexts', name], () => openAdditionalContext(name, at, lookInto)),
      ] as const,
  );
  const additionalContexts = new Map(await Promise.all(additional));
  const opened = await openContext(place, spec, stdin, lookInto);
  return {
    build,
    ...opened,
    additionalContexts,
    readSecret: (id) => blaming(['secrets'], () => readSecret(spec.secrets, id)),
    openCache,
  };
}

async function readDockerfile(spec: BuildSpec): Promise<string | undefined> {
  if (spec.dockerfileInline !== undefined) return spec.dockerfileInline;
  const place = await placeOfContext(spec.context);
  return place.kind === 'directory' ? (await findDockerfile(spec, place.path)).text : undefined;
}
