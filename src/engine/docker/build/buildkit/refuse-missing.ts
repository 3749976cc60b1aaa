import type { BuildSpec } from '../../../../model/build.js';
import type { ApiClient } from '../../api-client.js';
import { isAtLeast, oldestKnownVersion } from '../../api-version.js';
import { splitCacheEntry } from '../cache-entries.js';
import { unsupportedByBuildkit } from './unsupported.js';

interface Need {
  readonly key: string;
  readonly what: string;
  readonly hint: string;
  isAsked(spec: BuildSpec): boolean;
}

const storeHint = 'turn on the containerd image store of the engine';

/** What the engine can do only when its images are those of containerd. It would pass over some of it silently. */
const needContainerd: readonly Need[] = [
  {
    key: 'platforms',
    what: 'images for several platforms',
    hint: `${storeHint}, or build for one platform`,
    isAsked: ({ platforms }) => platforms.length > 1,
  },
  {
    key: 'cache_to',
    what: 'caches outside of the image',
    hint: `${storeHint}, or use type=inline`,
    isAsked: ({ cacheTo }) => cacheTo.some((entry) => splitCacheEntry(entry).type !== 'inline'),
  },
  {
    key: 'provenance',
    what: 'attestations',
    hint: `${storeHint}, or remove provenance`,
    isAsked: ({ provenance }) => isWanted(provenance),
  },
  {
    key: 'sbom',
    what: 'attestations',
    hint: `${storeHint}, or remove sbom`,
    isAsked: ({ sbom }) => isWanted(sbom),
  },
];

/** What the BuildKit of Docker 20.10 passes over silently. */
const needDocker23: readonly Need[] = [
  {
    key: 'shm_size',
    what: 'another size of /dev/shm',
    hint: 'use Docker 23 or newer, or remove shm_size',
    isAsked: ({ shmSizeBytes }) => shmSizeBytes !== undefined,
  },
  {
    key: 'ulimits',
    what: 'ulimits',
    hint: 'use Docker 23 or newer, or remove ulimits',
    isAsked: ({ ulimits }) => ulimits.size > 0,
  },
];

/** What we do not do: the engine would ask us for the files of the cache. */
const needUs: readonly Need[] = [
  {
    key: 'cache_to',
    what: 'caches in a local directory',
    hint: 'use type=registry or type=inline',
    isAsked: ({ cacheTo }) => cacheTo.some(isLocal),
  },
  {
    key: 'cache_from',
    what: 'caches from a local directory',
    hint: 'use type=registry, or the name of an image',
    isAsked: ({ cacheFrom }) => cacheFrom.some(isLocal),
  },
];

/** Throws EngineError `unsupported`, with the key of the file, for what would be left out of the image otherwise. */
export async function refuseMissing(
  api: ApiClient,
  spec: BuildSpec,
  signal: AbortSignal | undefined,
): Promise<void> {
  refuse(needUs, spec);
  if (!isAtLeast(api.version ?? oldestKnownVersion, '1.42')) refuse(needDocker23, spec);
  const isInQuestion = needContainerd.some((need) => need.isAsked(spec));
  if (isInQuestion && !(await hasContainerdImages(api, signal))) refuse(needContainerd, spec);
}

function refuse(needs: readonly Need[], spec: BuildSpec): void {
  const missing = needs.find((need) => need.isAsked(spec));
  if (missing !== undefined) throw unsupportedByBuildkit(`build.${missing.key}`, missing.what, missing.hint);
}

async function hasContainerdImages(api: ApiClient, signal: AbortSignal | undefined): Promise<boolean> {
  const { DriverStatus } = await api.json<{ DriverStatus?: readonly (readonly string[])[] | null }>({
    method: 'GET',
    path: '/info',
    operation: 'ask what the builder can do',
    signal,
  });
  const status = new Map(DriverStatus?.map(([name = '', value = '']) => [name, value]));
  return status.get('driver-type') === 'io.containerd.snapshotter.v1';
}

function isLocal(entry: string): boolean {
  return splitCacheEntry(entry).type === 'local';
}

function isWanted(attestation: string | undefined): boolean {
  return attestation !== undefined && attestation !== 'false';
}
