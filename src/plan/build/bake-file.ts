import type { BuildSecretSpec, BuildSpec } from '../../model/build.js';
import { byKey } from '../../model/order.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import { isNamed } from '../image/built-images.js';
import { anyService, serviceContexts, serviceOf } from './build-needs.js';
import { type BuildRequestPolicy, imageLabels, requestedSpec } from './image-build.js';

/** The JSON of a bake file, with the members of a target in docker compose's order. */
export interface BakeFile {
  readonly group: { readonly default: { readonly targets: readonly string[] } };
  readonly target: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What shapes a bake file beside the project. */
export interface BakeRequest extends BuildRequestPolicy {
  readonly services: readonly string[];
  /** `check`: the builder is only to look for mistakes. */
  readonly purpose: 'build' | 'check';
  readonly toolVersion: string;
}

/**
 * What `docker buildx bake` would be given to build these services and those that they name as contexts. Flags that
 * docker compose gives to bake itself (`--sbom`, `--provenance`) are not in it.
 */
export function bakeFile(project: Project, request: BakeRequest): BakeFile {
  const chosen = withContexts(request.services, project);
  // The others may be named as contexts; bake builds the group only.
  const others = withContexts(project.services.keys(), project);
  const services = [...new Map([...chosen, ...others].map((each) => [each.name, each])).values()];
  const names = targetNames(services);
  const targets = services.map((service) => {
    const entries = Object.entries(targetOf(service, project, names, request));
    const given = entries.filter(([, value]) => !isEmpty(value));
    return [names.get(service.name) ?? service.name, Object.fromEntries(given)] as const;
  });
  return {
    group: { default: { targets: chosen.map(({ name }) => names.get(name) ?? name) } },
    target: Object.fromEntries(targets.toSorted(byKey)),
  };
}

type Buildable = ServiceSpec & { readonly build: BuildSpec };

function withContexts(names: Iterable<string>, project: Project): Buildable[] {
  const found = new Map<string, Buildable>();
  const add = (name: string) => {
    const service = anyService(project, name);
    if (service?.build === undefined || found.has(name)) return;
    found.set(name, { ...service, build: service.build });
    for (const other of serviceContexts(service.build.additionalContexts)) add(other);
  };
  for (const name of names) add(name);
  return [...found.values()];
}

/** Bake knows no dots in names. Two services must not become one. */
function targetNames(services: readonly Buildable[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name } of services) {
    let target = name.replaceAll('.', '_');
    while (taken.has(target)) target += '_';
    taken.add(target);
    names.set(name, target);
  }
  return names;
}

function targetOf(
  service: Buildable,
  project: Project,
  names: ReadonlyMap<string, string>,
  { toolVersion, purpose, ...request }: BakeRequest,
): Record<string, unknown> {
  const { provenance, sbom, ...rest } = request;
  const spec = requestedSpec(service, service.build, 'all', rest);
  return {
    context: spec.context,
    contexts: record(spec.additionalContexts, (context) => {
      const target = names.get(serviceOf(context) ?? '');
      return target === undefined ? context : `target:${target}`;
    }),
    dockerfile: spec.dockerfileInline === undefined ? dockerfilePath(spec) : undefined,
    'dockerfile-inline': spec.dockerfileInline === undefined ? undefined : escaped(spec.dockerfileInline),
    args: record(spec.args, escaped),
    labels: record(imageLabels(service.name, spec, project, toolVersion), (value) => value),
    tags: [...spec.tags, service.image],
    'cache-from': spec.cacheFrom,
    'cache-to': spec.cacheTo,
    target: spec.target,
    secret: spec.secrets.map(secretText),
    // As docker compose has it, what is asked for stands beside what the file says.
    ssh: [...service.build.ssh, ...(request.ssh ?? [])].map(([id, path]) => `${id}=${path}`),
    platforms: spec.platforms,
    pull: spec.pull === 'always',
    'no-cache': spec.cache === 'ignore',
    'no-cache-filter': spec.uncachedStages,
    network: spec.network,
    'shm-size': spec.shmSizeBytes === undefined ? undefined : String(spec.shmSizeBytes),
    ulimits: [...spec.ulimits].map(ulimitText),
    call: purpose === 'check' ? 'lint' : undefined,
    entitlements: [...spec.entitlements, ...(spec.isPrivileged ? ['security.insecure'] : [])],
    'extra-hosts': hostRecord(spec.extraHosts),
    output: purpose === 'check' ? undefined : [outputText(service, spec, project, request)],
    attest: [...attestation('provenance', spec.provenance), ...attestation('sbom', spec.sbom)],
  };
}

/** A path of this machine is whole; one in a context that is fetched stays as it is. */
function dockerfilePath({ context, dockerfile = 'Dockerfile' }: BuildSpec): string {
  if (!context.startsWith('/') || dockerfile.startsWith('/')) return dockerfile;
  return cleanPath(`${context}/${dockerfile}`);
}

/** An absolute path without `.`, `..` and doubled slashes. */
function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Bake would replace `${…}`. */
function escaped(text: string): string {
  return text.replaceAll('${', () => '$${');
}

function secretText({ id, source }: BuildSecretSpec): string {
  return source.kind === 'file'
    ? `id=${id},type=file,src=${source.path}`
    : `id=${id},type=env,env=${source.variable}`;
}

/** One number stands for both limits; a zero must be said twice. */
function ulimitText([name, { soft, hard }]: readonly [
  string,
  { readonly soft: number; readonly hard: number },
]): string {
  return soft === hard && soft !== 0 ? `${name}=${soft}` : `${name}=${soft}:${hard}`;
}

function hostRecord(hosts: readonly string[]): Record<string, string> {
  const addresses = new Map<string, string>();
  for (const host of hosts) {
    const end = host.indexOf(':');
    const [name, address] = [host.slice(0, end), host.slice(end + 1)];
    const others = addresses.get(name);
    addresses.set(name, others === undefined ? address : `${others},${address}`);
  }
  return Object.fromEntries(addresses);
}

function outputText(
  service: Buildable,
  { platforms }: BuildSpec,
  project: Project,
  { output }: BuildRequestPolicy,
): string {
  const isPushed = output === 'registry' && isNamed(service, project);
  if (platforms.length > 1) return `type=image,push=${isPushed}`;
  return isPushed ? 'type=registry' : 'type=docker';
}

function attestation(type: string, value: string | undefined): string[] {
  if (value === undefined || value === 'false') return [];
  return [value === 'true' || value === '' ? `type=${type}` : `type=${type},${value}`];
}

function record(map: ReadonlyMap<string, string>, change: (value: string) => string): Record<string, string> {
  return Object.fromEntries([...map].toSorted(byKey).map(([key, value]) => [key, change(value)]));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === false || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
