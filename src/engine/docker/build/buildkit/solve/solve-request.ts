import { randomUUID } from 'node:crypto';
import type { BuildRequest, BuildSpec } from '../../../../../model/build.js';
import type { CacheEntry } from '../../cache-entries.js';
import { unsupportedByBuildkit } from '../unsupported.js';
import type { SolveRequest } from './control-messages.js';
import type { BuildCaches } from './local-caches.js';
import type { SentPlaces } from './sent-places.js';

/** What of a build has been looked up before. */
export interface Prepared {
  readonly places: SentPlaces;
  readonly caches: BuildCaches;
  readonly session: string;
}

/** What BuildKit is asked to build. Throws EngineError `unsupported`. */
export function solveRequestOf(request: BuildRequest, { places, caches, session }: Prepared): SolveRequest {
  const { spec, names } = request.build;
  return {
    ref: randomUUID().replaceAll('-', ''),
    // Into the engine's own images.
    exporter: 'moby',
    exporterAttributes: new Map(names.length === 0 ? [] : [['name', names.join(',')]]),
    session,
    frontend: 'dockerfile.v0',
    frontendAttributes: new Map([
      ...frontendAttributes(request, places),
      ...importAttributes(caches.imports),
    ]),
    cache: { imports: caches.imports, exports: caches.exports },
    entitlements: entitlementsOf(spec),
  };
}

/** The frontend asks for the caches: what stands beside it in the request is for builds without one. */
function importAttributes(imports: readonly CacheEntry[]): [string, string][] {
  if (imports.length === 0) return [];
  const entries = imports.map(({ type, attributes }) => ({
    Type: type,
    Attrs: Object.fromEntries(attributes),
  }));
  return [['cache-imports', JSON.stringify(entries)]];
}

/** Attributes of the frontend `dockerfile.v0`. */
export function frontendAttributes(request: BuildRequest, places: SentPlaces): Map<string, string> {
  const { spec, labels } = request.build;
  const attributes = new Map([
    ...places.attributes,
    ...prefixed('build-arg:', spec.args),
    ...prefixed('label:', labels),
    ...optional(spec),
    ...cacheAttributes(spec),
    ...attestations(spec),
  ]);
  if (spec.platforms.length > 0) attributes.set('platform', spec.platforms.join(','));
  if (spec.platforms.length > 1) attributes.set('multi-platform', 'true');
  if (spec.pull === 'always') attributes.set('image-resolve-mode', 'pull');
  return attributes;
}

function optional(spec: BuildSpec): [string, string][] {
  const ulimits = [...spec.ulimits].map(([name, { soft, hard }]) => `${name}=${soft}:${hard}`);
  const hosts = spec.extraHosts.map((entry) => entry.replace(':', '='));
  const values: readonly [string, string | undefined][] = [
    ['target', spec.target],
    ['force-network-mode', networkOf(spec)],
    ['shm-size', spec.shmSizeBytes?.toString()],
    ['ulimit', ulimits.join(',') || undefined],
    ['add-hosts', hosts.join(',') || undefined],
  ];
  return values.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
}

/** BuildKit knows the networks of its sandbox only; those of the engine are out of its reach. */
function networkOf({ network }: BuildSpec): string | undefined {
  if (network === undefined || network === 'default' || network === '') return undefined;
  if (network === 'host' || network === 'none') return network;
  throw unsupportedByBuildkit(
    'build.network',
    `the network "${network}" for RUN`,
    'use host, none or default',
  );
}

function cacheAttributes({ cache, uncachedStages }: BuildSpec): [string, string][] {
  if (cache === 'ignore') return [['no-cache', '']];
  return uncachedStages.length === 0 ? [] : [['no-cache', uncachedStages.join(',')]];
}

function attestations({ provenance, sbom }: BuildSpec): [string, string][] {
  return [...attestation('provenance', provenance, 'mode=min'), ...attestation('sbom', sbom, '')];
}

/** `false` means none, which is what the engine does by itself. */
function attestation(type: string, value: string | undefined, usual: string): [string, string][] {
  if (value === undefined || value === 'false') return [];
  return [[`attest:${type}`, value === 'true' ? usual : value]];
}

function entitlementsOf({ isPrivileged, entitlements, network }: BuildSpec): string[] {
  const implied = [
    ...(isPrivileged ? ['security.insecure'] : []),
    ...(network === 'host' ? ['network.host'] : []),
  ];
  return [...new Set([...entitlements, ...implied])];
}

function prefixed(prefix: string, values: ReadonlyMap<string, string>): [string, string][] {
  return [...values].map(([name, value]) => [`${prefix}${name}`, value]);
}
