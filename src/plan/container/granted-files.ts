import { apiClientDir } from '../../model/api-socket.js';
import type { FileGrantSpec } from '../../model/mount.js';
import type { GrantedFile, HostFile } from '../../model/plan.js';
import type { FileResourceSpec, Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { Diagnostic } from '../../problems/diagnostic.js';

type Kind = 'config' | 'secret';

const defaultMode = 0o444;

/** Configs and secrets of a service that are not mounted from the host, but put into its containers. */
export function grantedFiles(service: ServiceSpec, project: Project): GrantedFile[] {
  const granted = grantsOf(service, project).flatMap(({ grant, resource }): GrantedFile[] => {
    const content = contentOf(resource) ?? copiedFile(grant, resource, service);
    if (content === undefined || content === '') return [];
    const { target: path, mode = defaultMode, uid = '0', gid = '0' } = grant;
    return [{ path, content, mode, uid: Number(uid), gid: Number(gid) }];
  });
  return service.usesApiSocket ? [...granted, clientConfig] : granted;
}

/** Of the docker client, for a service that may use the engine. */
const clientConfig: GrantedFile = {
  path: `${apiClientDir}/config.json`,
  content: { kind: 'registry-credentials' },
  mode: defaultMode,
  uid: 0,
  gid: 0,
};

/** What keeps a service from getting its configs and secrets. */
export function grantProblems(service: ServiceSpec, project: Project): Diagnostic[] {
  return [
    ...clientProblems(service, project),
    ...grantsOf(service, project).flatMap(({ kind, index, grant, resource }) => {
      const message = problemOf(kind, grant, resource, service);
      if (message === undefined) return [];
      const span = project.origins.spanOf(['services', service.name, `${kind}s`, index]);
      return [
        { ...message, severity: 'error', ...(span === undefined ? {} : { span }) } satisfies Diagnostic,
      ];
    }),
  ];
}

function clientProblems(
  { name, isReadOnly, usesApiSocket }: ServiceSpec,
  { origins }: Project,
): Diagnostic[] {
  if (!isReadOnly || !usesApiSocket) return [];
  const span = origins.spanOf(['services', name, 'use_api_socket']);
  return [
    {
      code: 'config/unsupported',
      severity: 'error',
      message: `cannot put registry credentials into read-only service ${name}`,
      ...(span === undefined ? {} : { span }),
      hint: 'remove `read_only`, or mount /var/run/docker.sock as a volume instead of `use_api_socket`',
    },
  ];
}

interface Grant {
  readonly kind: Kind;
  readonly index: number;
  readonly grant: FileGrantSpec;
  readonly resource: FileResourceSpec | undefined;
}

function grantsOf(service: ServiceSpec, project: Project): Grant[] {
  const of = (
    kind: Kind,
    grants: readonly FileGrantSpec[],
    resources: ReadonlyMap<string, FileResourceSpec>,
  ): Grant[] => grants.map((grant, index) => ({ kind, index, grant, resource: resources.get(grant.source) }));
  return [
    ...of('config', service.configs, project.configs),
    ...of('secret', service.secrets, project.secrets),
  ];
}

/**
 * A mount would show owner and mode of the host's file: where others are asked for, it is copied instead. What is no
 * file that can be read (a directory) and what goes into a read-only container is mounted all the same.
 */
export function isCopied(
  { uid, gid, mode }: FileGrantSpec,
  source: FileResourceSpec['source'],
  { isReadOnly }: ServiceSpec,
): boolean {
  if (source.kind !== 'file' || source.digest === undefined || isReadOnly) return false;
  return [uid, gid, mode].some((part) => part !== undefined);
}

function copiedFile(
  grant: FileGrantSpec,
  resource: FileResourceSpec | undefined,
  service: ServiceSpec,
): HostFile | undefined {
  if (resource?.source.kind !== 'file' || !isCopied(grant, resource.source, service)) return undefined;
  return { kind: 'host-file', path: resource.source.path };
}

function contentOf(resource: FileResourceSpec | undefined): string | undefined {
  if (resource?.source.kind === 'inline' || resource?.source.kind === 'environment')
    return resource.source.content;
  return undefined;
}

function problemOf(
  kind: Kind,
  { source }: FileGrantSpec,
  resource: FileResourceSpec | undefined,
  { name, isReadOnly }: ServiceSpec,
): Pick<Diagnostic, 'code' | 'message' | 'hint'> | undefined {
  if (resource?.source.kind === 'external') {
    return {
      code: 'config/unsupported',
      message: `unsupported external ${kind} ${source}: only swarm keeps those`,
      hint: `give the ${kind} a "file:" or "environment:"`,
    };
  }
  if (resource?.source.kind === 'environment' && resource.source.content === undefined) {
    const { variable } = resource.source;
    return {
      code: 'config/missing-variable',
      message: `environment variable "${variable}" required by ${kind} "${source}" is not set`,
      hint: `set ${variable} in the environment or in an env file`,
    };
  }
  if (isReadOnly && contentOf(resource) !== undefined) {
    return {
      code: 'config/unsupported',
      message: `cannot create ${kind} "${source}" in read-only service ${name}: "file" is the sole supported option`,
      hint: `put the content into a file and name it with "file:"`,
    };
  }
  return undefined;
}
