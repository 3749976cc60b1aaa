import type { BuildRequest } from '../../../../model/build.js';
import type { ApiClient } from '../../api-client.js';
import { isAtLeast, oldestKnownVersion } from '../../api-version.js';
import { dockerMachine } from '../../docker-machine.js';
import { splitCacheEntry } from '../cache-entries.js';
import { unsupportedByBuildkit } from './unsupported.js';

interface Need {
  readonly key: string;
  readonly what: string;
  readonly hint: string;
  isAsked(request: BuildRequest): boolean;
}

const storeHint = 'turn on the containerd image store of the engine';

/** What the engine can do only when its images are those of containerd. It would pass over some of it silently. */
const needContainerd: readonly Need[] = [
  {
    key: 'platforms',
    what: 'images for several platforms',
    hint: `${storeHint}, or build for one platform`,
    isAsked: ({ build: { spec } }) => spec.platforms.length > 1,
  },
  {
    key: 'cache_to',
    what: 'caches outside of the image',
    hint: `${storeHint}, or use type=inline`,
    isAsked: ({ build: { spec } }) => spec.cacheTo.some((entry) => splitCacheEntry(entry).type !== 'inline'),
  },
  {
    key: 'additional_contexts',
    what: 'OCI layouts as contexts',
    hint: `${storeHint}, or load the image into the engine and use docker-image://`,
    isAsked: ({ additionalContexts }) =>
      [...additionalContexts.values()].some(({ kind }) => kind === 'layout'),
  },
  {
    key: 'provenance',
    what: 'attestations',
    hint: `${storeHint}, or remove provenance`,
    isAsked: ({ build: { spec } }) => isWanted(spec.provenance),
  },
  {
    key: 'sbom',
    what: 'attestations',
    hint: `${storeHint}, or remove sbom`,
    isAsked: ({ build: { spec } }) => isWanted(spec.sbom),
  },
];

/** What the BuildKit of Docker 20.10 passes over silently. */
const needDocker23: readonly Need[] = [
  {
    key: 'shm_size',
    what: 'another size of /dev/shm',
    hint: 'use Docker 23 or newer, or remove shm_size',
    isAsked: ({ build: { spec } }) => spec.shmSizeBytes !== undefined,
  },
  {
    key: 'ulimits',
    what: 'ulimits',
    hint: 'use Docker 23 or newer, or remove ulimits',
    isAsked: ({ build: { spec } }) => spec.ulimits.size > 0,
  },
];

/** Throws EngineError `unsupported`, with the key of the file, for what would be left out of the image otherwise. */
export async function refuseMissing(
  api: ApiClient,
  request: BuildRequest,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!isAtLeast(api.version ?? oldestKnownVersion, '1.42')) refuse(needDocker23, request);
  const isInQuestion = needContainerd.some((need) => need.isAsked(request));
  if (isInQuestion && !(await hasContainerdImages(api, signal))) refuse(needContainerd, request);
}

function refuse(needs: readonly Need[], request: BuildRequest): void {
  const missing = needs.find((need) => need.isAsked(request));
  if (missing !== undefined) throw unsupportedByBuildkit(`build.${missing.key}`, missing.what, missing.hint);
}

async function hasContainerdImages(api: ApiClient, signal: AbortSignal | undefined): Promise<boolean> {
  return (await dockerMachine(api).readMachine(signal)).imageStore === 'containerd';
}

function isWanted(attestation: string | undefined): boolean {
  return attestation !== undefined && attestation !== 'false';
}
