import type { PicturedFact, PicturedService } from '../model/picture.js';
import type { Project } from '../model/project.js';
import { redactUrls } from '../model/redact.js';
import type { PortSpec, ServiceSpec } from '../model/service.js';

/** A service in short texts. Paths below the project's directory are relative to it. */
export function picturedService(service: ServiceSpec, project: Project, tier: number): PicturedService {
  const isActive = project.services.has(service.name);
  const facts: PicturedFact[] = [
    { kind: 'ports', values: service.ports.map(portText) },
    { kind: 'networks', values: networkTexts(service) },
    { kind: 'volumes', values: volumeTexts(service) },
    { kind: 'binds', values: bindTexts(service, project.workingDir) },
    { kind: 'configs', values: service.configs.map(({ source }) => source) },
    { kind: 'secrets', values: service.secrets.map(({ source }) => source) },
  ];
  return {
    name: service.name,
    tier,
    origin: originOf(service),
    marks: marksOf(service, isActive),
    isActive,
    facts: facts.filter(({ values }) => values.length > 0),
    networks: [...service.networks.keys()],
  };
}

function originOf({ provider, image }: ServiceSpec): string {
  return provider === undefined ? redactUrls(image) : `made by ${provider.type}`;
}

function marksOf(service: ServiceSpec, isActive: boolean): string[] {
  const { profiles, replicas, kind, build } = service;
  const noun = profiles.length === 1 ? 'profile' : 'profiles';
  return [
    ...(build === undefined ? [] : ['built']),
    ...(replicas === 1 ? [] : [`${replicas} replicas`]),
    ...(kind === 'job' ? ['job'] : []),
    ...(profiles.length === 0 ? [] : [`${noun} ${profiles.join(', ')}`]),
    ...(isActive ? [] : ['off']),
  ];
}

/** `127.0.0.1:8080→80`, `80` for a port that the engine chooses the host's port for. */
function portText({ target, published, hostIp, protocol }: PortSpec): string {
  const host = hostIp === undefined ? '' : `${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:`;
  const suffix = protocol === 'tcp' ? '' : `/${protocol}`;
  return published === undefined && hostIp === undefined
    ? `any→${target}${suffix}`
    : `${host}${published ?? 'any'}→${target}${suffix}`;
}

function networkTexts({ networks, networkMode }: ServiceSpec): string[] {
  if (networkMode?.kind === 'word') return [`mode ${networkMode.word}`];
  if (networkMode?.kind === 'container') return [`of container ${networkMode.container}`];
  return [...networks.keys()];
}

function volumeTexts({ mounts, tmpfs }: ServiceSpec): string[] {
  const mounted = mounts.flatMap(({ type, source, target, isReadOnly }) => {
    if (type === 'bind' || type === 'npipe') return [];
    const from = source ?? (type === 'tmpfs' ? 'tmpfs' : 'anonymous');
    return [`${type === 'image' ? `image ${from}` : from}→${target}${isReadOnly ? ' (read-only)' : ''}`];
  });
  return [...mounted, ...[...tmpfs.keys()].map((target) => `tmpfs→${target}`)];
}

function bindTexts({ mounts }: ServiceSpec, workingDir: string): string[] {
  return mounts.flatMap(({ type, source = '', target, isReadOnly }) =>
    type === 'bind' || type === 'npipe'
      ? [`${within(workingDir, source)}→${target}${isReadOnly ? ' (read-only)' : ''}`]
      : [],
  );
}

function within(folder: string, path: string): string {
  if (path === folder) return '.';
  return path.startsWith(`${folder}/`) ? `.${path.slice(folder.length)}` : path;
}
