import type { BuildSpec, ImageBuild } from '../../src/model/build.js';

/** A build of which only what matters is given. */
export function imageBuild(context: string, given: Partial<BuildSpec> = {}): ImageBuild {
  const spec: BuildSpec = {
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
    ...given,
  };
  return { service: 'web', spec, names: ['app-web'], labels: new Map(), output: 'engine' };
}
