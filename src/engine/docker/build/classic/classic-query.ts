import type { BuildRequest } from '../../../../model/build.js';
import { EngineError } from '../../../../problems/errors.js';
import type { BuildOptions } from '../../../build-port.js';
import type { ApiCall } from '../../api-client.js';
import { splitCacheEntry } from '../cache-entries.js';

/** Says how an image was built, as docker compose has it. */
const builderLabel = 'com.docker.compose.image.builder';

/** Query of `POST /build` (Engine API, ImageBuild), without what names the context. */
export function classicQuery(
  request: BuildRequest,
  { memoryBytes }: BuildOptions,
): NonNullable<ApiCall['query']> {
  refuseUnknown(request);
  const { spec, names, labels } = request.build;
  const ulimits = [...spec.ulimits].map(([Name, { soft, hard }]) => ({ Name, Soft: soft, Hard: hard }));
  return {
    version: 1,
    t: names,
    target: spec.target,
    platform: spec.platforms[0],
    buildargs: JSON.stringify(Object.fromEntries(spec.args)),
    labels: JSON.stringify({ ...Object.fromEntries(labels), [builderLabel]: 'classic' }),
    cachefrom: JSON.stringify(spec.cacheFrom.map(referenceOf)),
    nocache: spec.cache === 'ignore' ? 1 : undefined,
    pull: spec.pull === 'always' ? 1 : undefined,
    networkmode: spec.network,
    extrahosts: spec.extraHosts,
    shmsize: spec.shmSizeBytes,
    ulimits: ulimits.length === 0 ? undefined : JSON.stringify(ulimits),
    isolation: spec.isolation,
    memory: memoryBytes,
    rm: 1,
    forcerm: 1,
  };
}

/** The classic builder knows images only. */
function referenceOf(entry: string): string {
  const { type, attributes } = splitCacheEntry(entry);
  const reference = attributes.get('ref');
  if (type === 'registry' && reference !== undefined) return reference;
  throw unsupported('build.cache_from', `a cache of type ${type}`);
}

/** What a file asks for and the classic builder would pass over without a word. */
function refuseUnknown({ build, additionalContexts }: BuildRequest): void {
  const { spec } = build;
  const asked: readonly (readonly [key: string, isAsked: boolean])[] = [
    ['secrets', spec.secrets.length > 0],
    ['ssh', spec.ssh.size > 0],
    ['additional_contexts', additionalContexts.size > 0],
    ['cache_to', spec.cacheTo.length > 0],
    ['platforms', spec.platforms.length > 1],
    ['no_cache_filter', spec.uncachedStages.length > 0],
    ['privileged', spec.isPrivileged],
    ['entitlements', spec.entitlements.length > 0],
    ['provenance', isWanted(spec.provenance)],
    ['sbom', isWanted(spec.sbom)],
  ];
  const [key] = asked.find(([, isAsked]) => isAsked) ?? [];
  if (key === undefined) return;
  const what = key === 'platforms' ? 'several platforms' : `build.${key}`;
  throw unsupported(`build.${key}`, what);
}

function isWanted(attestation: string | undefined): boolean {
  return attestation !== undefined && attestation !== 'false';
}

export function unsupported(serviceKey: string, what: string): EngineError {
  return new EngineError('unsupported', `the classic builder cannot do ${what}`, {
    operation: 'build',
    serviceKey,
    hint: `use an engine with BuildKit and leave DOCKER_BUILDKIT unset, or remove ${serviceKey}`,
  });
}
