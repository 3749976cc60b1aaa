import { engineRequirements, type GatedKey, isApiAtLeast } from '../../model/engine-requirements.js';
import type { EngineVersion } from '../../model/observed.js';
import type { PlanNote } from '../../model/plan.js';
import type { NetworkSpec, Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { Diagnostic } from '../../problems/diagnostic.js';
import { BlockedError } from '../../problems/errors.js';
import { type GatedUse, gatedKeysOfNetwork, gatedKeysOfService } from './gated-keys.js';

/** What of a project this engine cannot do. */
export interface EngineCheck {
  /** Without these, a container would be another one than the file says. */
  readonly problems: readonly Diagnostic[];
  /** One for each key that the engine does not know and that it can do without. */
  readonly notes: readonly PlanNote[];
}

/** Compares what services and networks ask for with what an engine of this version knows. Asks nobody. */
export function checkEngine(
  project: Project,
  used: { readonly services: readonly string[]; readonly networks: readonly string[] },
  engine: EngineVersion,
): EngineCheck {
  const services = used.services.flatMap((name) => project.services.get(name) ?? []);
  const networks = used.networks.flatMap((key) => project.networks.get(key) ?? []);
  const missing = usesOf(services, networks).filter(
    ({ key }) => !isApiAtLeast(engine.apiVersion, engineRequirements[key].api),
  );
  const refused = missing.filter(({ key }) => engineRequirements[key].when === 'refuse');
  const done = missing.filter(({ key }) => engineRequirements[key].when === 'warn');
  return {
    problems: [
      ...services.flatMap((service) => foreignMounts(service, project, engine)),
      ...services.flatMap((service) => foreignSocket(service, project, engine)),
      ...refused.map((use) => tooOld(use, project, engine)),
    ],
    notes: notesOf(done, project, engine),
  };
}

/** Throws BlockedError when the services ask for what this engine cannot do: before anything is pulled or made. */
export function refuseUnsupported(
  project: Project,
  services: readonly string[],
  engine: EngineVersion,
): void {
  const { problems } = checkEngine(project, { services, networks: [] }, engine);
  if (problems.length > 0) throw new BlockedError(problems);
}

/** A Windows engine listens on a pipe. */
function foreignSocket(service: ServiceSpec, { origins }: Project, { os }: EngineVersion): Diagnostic[] {
  if (!service.usesApiSocket || os !== 'windows') return [];
  const span = origins.spanOf(['services', service.name, 'use_api_socket']);
  return [
    {
      code: 'engine/unsupported',
      severity: 'error',
      message: `use_api_socket of service "${service.name}" cannot be used with a Windows engine`,
      ...(span === undefined ? {} : { span }),
    },
  ];
}

function usesOf(services: readonly ServiceSpec[], networks: readonly NetworkSpec[]): GatedUse[] {
  return [...services.flatMap(gatedKeysOfService), ...networks.flatMap(gatedKeysOfNetwork)];
}

/** The first place of each key stands for all of them. */
function notesOf(uses: readonly GatedUse[], { origins }: Project, engine: EngineVersion): PlanNote[] {
  const firsts = uses.filter((use, index) => uses.findIndex(({ key }) => key === use.key) === index);
  return firsts.map(({ key, path }) => ({
    kind: 'needs-newer-engine',
    key,
    users: [...new Set(uses.filter((use) => use.key === key).map(({ user }) => user))],
    ...requirement(key),
    presentApi: engine.apiVersion,
    span: origins.spanOf(path),
  }));
}

function requirement(key: GatedKey): { product: string; neededApi: string; without: string } {
  const { product, api, without } = engineRequirements[key];
  return { product, neededApi: api, without };
}

function tooOld({ key, user, path }: GatedUse, { origins }: Project, engine: EngineVersion): Diagnostic {
  const { product, neededApi, without } = requirement(key);
  const span = origins.spanOf(path);
  return {
    code: 'engine/unsupported',
    severity: 'error',
    message: `${user} uses ${key}, which needs ${product} (API ${neededApi}); this engine speaks API ${engine.apiVersion}, and ${without}`,
    ...(span === undefined ? {} : { span }),
    path,
    hint: 'use a newer engine, or leave it out',
  };
}

/** Kinds of mounts that only other engines have. */
function foreignMounts(
  { name, mounts }: ServiceSpec,
  { origins }: Project,
  engine: EngineVersion,
): Diagnostic[] {
  return mounts.flatMap(({ type, target }, index) => {
    const reason = whyNot(type, engine);
    if (reason === undefined) return [];
    const path = ['services', name, 'volumes', index];
    const span = origins.spanOf([...path, 'type']) ?? origins.spanOf(path);
    return [
      {
        code: 'engine/unsupported',
        severity: 'error',
        message: `service "${name}" mounts ${target} with type ${type}: ${reason}`,
        ...(span === undefined ? {} : { span }),
        path,
        hint: 'remove the mount, or put the service in a file of its own for the engines that can',
      } as const,
    ];
  });
}

function whyNot(type: ServiceSpec['mounts'][number]['type'], { os }: EngineVersion): string | undefined {
  if (type === 'npipe' && os !== 'windows') {
    return `a named pipe of Windows, and this engine runs on ${os ?? 'another system'}`;
  }
  if (type === 'cluster') {
    return 'a volume of a cluster, which only the services of a swarm can mount, and not containers of one engine';
  }
  return undefined;
}
