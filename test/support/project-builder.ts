import { emptyService } from '../../src/model/empty-service.js';
import type { NetworkSpec, Project, VolumeSpec } from '../../src/model/project.js';
import type { DependencySpec, EndpointSpec, ServiceSpec } from '../../src/model/service.js';
import { noOrigins } from '../../src/model/span.js';

export interface ProjectWish {
  readonly name?: string;
  readonly services: Readonly<Record<string, Partial<ServiceSpec>>>;
  readonly inactive?: readonly string[];
  readonly networks?: Readonly<Record<string, Partial<NetworkSpec>>>;
  readonly volumes?: Readonly<Record<string, Partial<VolumeSpec>>>;
}

/** A project as loading would give it: every service is on the default network unless it says something else. */
export function projectOf({
  name = 'app',
  services,
  inactive = [],
  networks = {},
  volumes = {},
}: ProjectWish): Project {
  const specs = Object.entries(services).map(([key, wish]) => [key, serviceOf(key, wish)] as const);
  return {
    name,
    nameSeparator: '-',
    workingDir: '/app',
    configFiles: ['/app/compose.yaml'],
    environmentFiles: [],
    services: new Map(specs),
    inactiveServices: new Map(inactive.map((key) => [key, serviceOf(key, {})])),
    networks: new Map(
      Object.entries({ default: {}, ...networks }).map(([key, wish]) => [key, networkOf(name, key, wish)]),
    ),
    volumes: new Map(Object.entries(volumes).map(([key, wish]) => [key, volumeOf(name, key, wish)])),
    configs: new Map(),
    secrets: new Map(),
    origins: noOrigins,
  };
}

export function serviceOf(name: string, wish: Partial<ServiceSpec>): ServiceSpec {
  const isElsewhere = wish.networkMode !== undefined;
  return {
    ...emptyService(name, 'busybox'),
    networks: isElsewhere ? new Map() : new Map([['default', endpoint()]]),
    ...wish,
  };
}

export function endpoint(wish: Partial<EndpointSpec> = {}): EndpointSpec {
  return { aliases: [], linkLocalIps: [], driverOptions: new Map(), priority: 0, ...wish };
}

export function needs(wish: Partial<DependencySpec> = {}): DependencySpec {
  return { condition: 'service_started', restart: false, required: true, ...wish };
}

function networkOf(project: string, key: string, wish: Partial<NetworkSpec>): NetworkSpec {
  return {
    key,
    name: `${project}_${key}`,
    isExternal: false,
    driverOptions: new Map(),
    isAttachable: false,
    isInternal: false,
    labels: new Map(),
    ...wish,
  };
}

function volumeOf(project: string, key: string, wish: Partial<VolumeSpec>): VolumeSpec {
  return {
    key,
    name: `${project}_${key}`,
    isExternal: false,
    driverOptions: new Map(),
    labels: new Map(),
    ...wish,
  };
}
