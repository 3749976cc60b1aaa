import { given } from '../../model/given.js';
import { containerName } from '../../model/names.js';
import type { ObservedContainer } from '../../model/observed.js';
import type { Project } from '../../model/project.js';
import type { EndpointSpec, HealthcheckSpec, NamespaceMode, ServiceSpec } from '../../model/service.js';
import { networksInOrder } from '../container/container-spec.js';
import type { DesiredContainer } from '../container/desired-container.js';
import { withProvidedEnvironment } from '../container/provided.js';
import { isComposeLabel, withEngineWords } from './engine-words.js';

/**
 * The service as it would be read back from a container that was made from it: names of the engine instead of keys
 * of the file, and the image's own settings where the service says nothing.
 */
export function desiredSettings(desired: DesiredContainer, container: ObservedContainer): ServiceSpec {
  const { project, image } = desired;
  const service = withProvidedEnvironment(desired.service);
  const defaults = image?.defaults;
  const { platform: _, provided: __, ...settings } = service;
  return withEngineWords({
    ...settings,
    ...given({
      workingDir: service.workingDir ?? defaults?.workingDir,
      user: service.user ?? defaults?.user,
      stopSignal: service.stopSignal ?? defaults?.stopSignal,
      healthcheck: healthcheckOf(service.healthcheck, defaults?.healthcheck),
      networkMode: networkModeOf(service, project),
    }),
    containerName: containerName(project, service, container.number ?? 1),
    command: commandOf(service, defaults?.command ?? null),
    entrypoint: service.entrypoint ?? defaults?.entrypoint ?? null,
    environment: new Map([...(defaults?.environment ?? []), ...service.environment]),
    // What tools write on an image that they build says nothing of its containers.
    labels: new Map([
      ...[...(image?.labels ?? [])].filter(([name]) => !isComposeLabel(name)),
      ...service.labels,
    ]),
    networks: networksOf(service, project, container.name),
    ...linksOf(desired, container),
    mounts: service.mounts.map((mount) => {
      const volume = mount.type === 'volume' ? project.volumes.get(mount.source ?? '') : undefined;
      return volume === undefined ? mount : { ...mount, source: volume.name };
    }),
    // Their content cannot be read back; those that are files are mounts, which are compared by themselves.
    configs: [],
    secrets: [],
    // Nothing of these is left in a container but their effects: files, and what its mounts and variables say.
    preStart: [],
    usesApiSocket: false,
  });
}

/** As the engine does it: the command of the image counts only while its entrypoint does. */
function commandOf({ command, entrypoint }: ServiceSpec, ofImage: readonly string[] | null) {
  if (command !== null && command.length > 0) return command;
  return entrypoint !== null && entrypoint.length > 0 ? command : ofImage;
}

function healthcheckOf(
  own: HealthcheckSpec | undefined,
  ofImage: HealthcheckSpec | undefined,
): HealthcheckSpec | undefined {
  if (own === undefined || ofImage === undefined) return own ?? ofImage;
  return { ...ofImage, ...own, test: own.test.length > 0 ? own.test : ofImage.test };
}

const builtIn = new Set(['bridge', 'default', 'host', 'none']);

function networkModeOf({ networkMode, networks }: ServiceSpec, project: Project): NamespaceMode | undefined {
  if (networkMode?.kind === 'word') {
    // The name of a network stands for being attached to it.
    const word = networkMode.word === 'default' ? 'bridge' : networkMode.word;
    return builtIn.has(word) && !project.networks.has(word) ? { kind: 'word', word } : undefined;
  }
  if (networkMode !== undefined) return networkMode;
  return networks.size === 0 ? { kind: 'word', word: 'none' } : undefined;
}

function networksOf(
  { name, networkMode, networks, macAddress }: ServiceSpec,
  project: Project,
  container: string,
): Map<string, EndpointSpec> {
  const nameOf = (key: string) => project.networks.get(key)?.name ?? key;
  const byName = (key: string) => [nameOf(key), endpointOf(undefined, container, name)] as const;
  if (networkMode?.kind === 'word') {
    const isBuiltIn = builtIn.has(networkMode.word) && !project.networks.has(networkMode.word);
    return new Map(isBuiltIn ? [] : [byName(networkMode.word)]);
  }
  if (networkMode !== undefined) return new Map();
  const first = networksInOrder({ networks })[0]?.[0];
  return new Map(
    [...networks].map(([key, endpoint]) => {
      const address = endpoint.macAddress ?? (key === first ? macAddress : undefined);
      const settings = address === undefined ? endpoint : { ...endpoint, macAddress: address };
      return [nameOf(key), endpointOf(settings, container, name)] as const;
    }),
  );
}

const bareEndpoint: EndpointSpec = { aliases: [], linkLocalIps: [], driverOptions: new Map(), priority: 0 };

/** A container answers to its own name and to its service's, whoever made it. */
export function endpointOf(
  endpoint: EndpointSpec | undefined,
  container: string,
  service: string,
): EndpointSpec {
  const settings = endpoint ?? bareEndpoint;
  return { ...settings, aliases: [...new Set([container, service, ...settings.aliases])] };
}

/** By the names that they give: which replica answers is for the engine. */
function linksOf(
  { service, project }: DesiredContainer,
  { number = 1 }: ObservedContainer,
): Pick<ServiceSpec, 'links' | 'externalLinks'> {
  const own = service.links.flatMap(({ service: target, alias }) => [
    alias ?? target,
    `${target}-${number}`,
    `${project.name}-${target}-${number}`,
  ]);
  const external = service.externalLinks.map((link) => link.split(':').at(-1) ?? link);
  return { links: linkNames([...own, ...external]), externalLinks: [] };
}

export function linkNames(names: readonly string[]): ServiceSpec['links'] {
  return [...new Set(names)].sort().map((service) => ({ service }));
}
