import type { BuildSecretSpec, BuildSpec } from '../../model/build.js';
import type { WireReader } from './read-wire.js';
import { toUlimits } from './resource-specs.js';

/** What a build needs to know of its project. */
export interface BuildSurroundings {
  readonly environment: ReadonlyMap<string, string>;
  /** The project's own, by key. */
  readonly secrets: ReadonlyMap<string, WireReader>;
}

/** `build` of a service in our own words. */
export function toBuild(wire: WireReader, surroundings: BuildSurroundings): BuildSpec {
  return {
    context: wire.text('context') ?? '.',
    dockerfile: wire.text('dockerfile'),
    dockerfileInline: wire.text('dockerfile_inline'),
    args: wire.textMap('args'),
    target: wire.text('target'),
    labels: wire.textMap('labels'),
    tags: wire.texts('tags'),
    platforms: wire.texts('platforms'),
    additionalContexts: wire.textMap('additional_contexts'),
    ssh: new Map(wire.texts('ssh').map(sshKey)),
    secrets: wire.items('secrets').flatMap((grant) => toSecret(grant, surroundings)),
    ...cachesOf(wire),
    ...machineOf(wire),
    provenance: wire.text('provenance'),
    sbom: wire.text('sbom'),
  };
}

function cachesOf(wire: WireReader) {
  return {
    cacheFrom: wire.texts('cache_from'),
    cacheTo: wire.texts('cache_to'),
    cache: wire.flag('no_cache') ? 'ignore' : 'use',
    uncachedStages: wire.texts('no_cache_filter'),
    pull: wire.flag('pull') ? 'always' : 'missing',
  } as const;
}

/** What RUN has around it. */
function machineOf(wire: WireReader) {
  return {
    network: wire.text('network'),
    shmSizeBytes: wire.bytes('shm_size'),
    ulimits: toUlimits(wire.field('ulimits')),
    // The wire has `host=ip`; the first `=` ends the name.
    extraHosts: wire.texts('extra_hosts').map((host) => host.replace('=', ':')),
    isolation: wire.text('isolation'),
    isPrivileged: wire.flag('privileged'),
    entitlements: wire.texts('entitlements'),
  };
}

/** `id=path`, or an id alone for the agent that runs. */
function sshKey(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** RUN knows a secret by its target. One that the project does not define was told when it was loaded. */
function toSecret(grant: WireReader, { environment, secrets }: BuildSurroundings): BuildSecretSpec[] {
  const source = grant.text('source') ?? '';
  const id = grant.text('target') ?? source;
  const variable = secrets.get(source)?.text('environment');
  if (variable !== undefined)
    return [{ id, source: { kind: 'environment', variable, value: environment.get(variable) } }];
  const path = secrets.get(source)?.text('file');
  return path === undefined ? [] : [{ id, source: { kind: 'file', path } }];
}
