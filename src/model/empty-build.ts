import type { BuildSpec } from './build.js';

/** A build of which nothing is said but where its files are. */
export function emptyBuild(context: string): BuildSpec {
  return {
    context,
    dockerfile: undefined,
    dockerfileInline: undefined,
    args: new Map(),
    target: undefined,
    labels: new Map(),
    tags: [],
    platforms: [],
    cacheFrom: [],
    cacheTo: [],
    cache: 'use',
    uncachedStages: [],
    pull: 'missing',
    network: undefined,
    shmSizeBytes: undefined,
    ulimits: new Map(),
    extraHosts: [],
    isolation: undefined,
    isPrivileged: false,
    entitlements: [],
    secrets: [],
    ssh: new Map(),
    additionalContexts: new Map(),
    provenance: undefined,
    sbom: undefined,
  };
}
