import type { OneOffTraits } from '../../model/container-spec.js';
import type { MountSpec } from '../../model/mount.js';
import type { Project } from '../../model/project.js';
import type { PortSpec, PullPolicy, ServiceSpec } from '../../model/service.js';
import { UsageError } from '../../problems/errors.js';
import { unknownService } from '../../problems/unknown-service.js';

/** What a person can ask of a single run of a service, beyond the files. What is left out is as the files say. */
export interface RunRequest {
  readonly service: string;
  readonly command?: readonly string[] | undefined;
  /** Clears the command of the service too. */
  readonly entrypoint?: readonly string[] | undefined;
  /** On top of that of the service; a null value unsets a variable of the image. */
  readonly environment?: ReadonlyMap<string, string | null> | undefined;
  readonly labels?: ReadonlyMap<string, string> | undefined;
  readonly user?: string | undefined;
  readonly workingDir?: string | undefined;
  readonly capAdd?: readonly string[] | undefined;
  readonly capDrop?: readonly string[] | undefined;
  /** Beside those of the service; one at the same place replaces it. */
  readonly mounts?: readonly MountSpec[] | undefined;
  /** Without: none. */
  readonly ports?: readonly PortSpec[] | 'of-service' | undefined;
  readonly pullPolicy?: PullPolicy | undefined;
  /** Name of the container. */
  readonly name?: string | undefined;
  /** `of-service`: it is found in its networks under the names of its service. Without: only under its own. */
  readonly aliases?: 'of-service' | undefined;
  readonly terminal: 'none' | 'with-terminal';
  readonly input: 'open' | 'closed';
  /** Of the terminal, where there is one and it is known. */
  readonly terminalSize?: OneOffTraits['terminalSize'];
  readonly whenEnded: OneOffTraits['whenEnded'];
}

/** A one-off container of a service, ready to be planned. */
export interface OneOff {
  /** As the container should be: with what was asked for, and without what only replicas have. */
  readonly service: ServiceSpec;
  readonly name: string;
  /** 64 hexadecimal digits that no other one-off has. */
  readonly slug: string;
  readonly aliases: 'of-service' | 'own';
  readonly traits: OneOffTraits;
}

/** How much of the slug is in the name. */
const shownDigits = 12;

/** Throws UsageError (`usage/unknown-service`) for a service that the project does not have. */
export function oneOffOf(project: Project, request: RunRequest, slug: string): OneOff {
  const service = project.services.get(request.service);
  if (service === undefined) throw unknownService(request.service, project.services.keys());
  if (service.provider !== undefined) {
    throw new UsageError(
      `service "${service.name}" cannot be run: the provider ${service.provider.type} stands for it`,
    );
  }
  const parts = [project.name, service.name, 'run', slug.slice(0, shownDigits)];
  return {
    service: oneOffService(service, request),
    name: request.name ?? parts.join(project.nameSeparator),
    slug,
    aliases: request.aliases ?? 'own',
    traits: {
      whenEnded: request.whenEnded,
      inputEnds: request.input === 'open' ? 'with-client' : 'never',
      ...(request.terminalSize === undefined ? {} : { terminalSize: request.terminalSize }),
    },
  };
}

/** No restart policy, name or published ports: it runs once, beside the replicas. */
function oneOffService(service: ServiceSpec, request: RunRequest): ServiceSpec {
  const { containerName, restart, ...rest } = service;
  const { user, workingDir, pullPolicy } = request;
  return {
    ...rest,
    ...processOf(service, request),
    ...mountsOf(service, request),
    replicas: 1,
    environment: new Map([...service.environment, ...(request.environment ?? [])]),
    labels: new Map([...service.labels, ...(request.labels ?? [])]),
    ports: request.ports === 'of-service' ? service.ports : (request.ports ?? []),
    capAdd: capabilities(service.capAdd, request.capAdd, request.capDrop),
    capDrop: capabilities(service.capDrop, request.capDrop, request.capAdd),
    isTty: request.terminal === 'with-terminal',
    isStdinOpen: request.input === 'open',
    ...(user === undefined ? {} : { user }),
    ...(workingDir === undefined ? {} : { workingDir }),
    ...(pullPolicy === undefined ? {} : { pullPolicy }),
  };
}

function processOf(
  service: ServiceSpec,
  { command, entrypoint }: RunRequest,
): Pick<ServiceSpec, 'command' | 'entrypoint'> {
  if (entrypoint === undefined)
    return { entrypoint: service.entrypoint, command: command ?? service.command };
  return { entrypoint, command: command ?? [] };
}

function mountsOf(service: ServiceSpec, { mounts = [] }: RunRequest): Pick<ServiceSpec, 'mounts' | 'tmpfs'> {
  const taken = new Set(mounts.map(({ target }) => target));
  return {
    mounts: [...service.mounts.filter(({ target }) => !taken.has(target)), ...mounts],
    tmpfs: new Map([...service.tmpfs].filter(([target]) => !taken.has(target))),
  };
}

/** What is asked for counts more than the opposite in the file. */
function capabilities(
  own: readonly string[],
  wanted: readonly string[] = [],
  unwanted: readonly string[] = [],
): string[] {
  return [...new Set([...own.filter((name) => !unwanted.includes(name)), ...wanted])];
}
