import { emptyService } from '../../../model/empty-service.js';
import { given } from '../../../model/given.js';
import { textOrder } from '../../../model/order.js';
import type { HealthcheckSpec, NamespaceMode, RestartSpec, ServiceSpec } from '../../../model/service.js';
import { mapOf } from '../from-list.js';
import { listOf, nullableListOf, textOf } from './absent-values.js';
import { endpointsFromInspect, portsFromInspect } from './endpoints-from-inspect.js';
import type { InspectedConfig, InspectedEndpoint, InspectedHostConfig } from './inspected-settings.js';
import { mountsFromInspect } from './mounts-from-inspect.js';
import { devicesFromInspect, resourcesFromInspect } from './resources-from-inspect.js';

export interface InspectedSettings {
  readonly Id: string;
  readonly Name: string;
  readonly Config: InspectedConfig;
  readonly HostConfig: InspectedHostConfig;
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<Record<string, InspectedEndpoint | null>> | null;
  } | null;
}

/**
 * The inverse of the create body: what a container was made with, in the words of a service. Networks and volumes go
 * by their engine names, other containers by their ids; what the image or the engine filled in is there as well.
 */
export function serviceFromInspect(inspected: InspectedSettings): ServiceSpec {
  const { Config, HostConfig, Id } = inspected;
  const networks = inspected.NetworkSettings?.Networks ?? {};
  const base = emptyService(textOf(Config.Labels?.['com.docker.compose.service']) ?? '', Config.Image ?? '');
  return {
    ...base,
    containerName: inspected.Name.replace(/^\//, ''),
    ...processOf(Config),
    ...networkingOf(HostConfig),
    ...portsFromInspect(Config, HostConfig),
    networks: endpointsFromInspect(networks, Id),
    externalLinks: linksFromInspect(HostConfig, networks),
    ...given({
      networkMode: networkModeOf(HostConfig.NetworkMode, Object.keys(networks)),
      macAddress: textOf(Config.MacAddress),
    }),
    ...filesOf(HostConfig),
    ...isolationOf(HostConfig),
    resources: resourcesFromInspect(HostConfig),
    annotations: mapOf(HostConfig.Annotations),
    ...given({
      init: HostConfig.Init ?? undefined,
      healthcheck: healthcheckOf(Config.Healthcheck),
      restart: restartOf(HostConfig.RestartPolicy),
      logging: loggingOf(HostConfig.LogConfig),
    }),
  };
}

function processOf(config: InspectedConfig) {
  const entrypoint = typeof config.Entrypoint === 'string' ? [config.Entrypoint] : config.Entrypoint;
  return {
    command: nullableListOf(config.Cmd),
    entrypoint: nullableListOf(entrypoint),
    environment: environmentOf(config.Env ?? []),
    labels: mapOf(config.Labels),
    isTty: config.Tty === true,
    isStdinOpen: config.OpenStdin === true,
    ...given({
      workingDir: textOf(config.WorkingDir),
      user: textOf(config.User),
      hostname: textOf(config.Hostname),
      domainname: textOf(config.Domainname),
      stopSignal: textOf(config.StopSignal),
      stopGracePeriodMs: typeof config.StopTimeout === 'number' ? config.StopTimeout * 1000 : undefined,
    }),
  };
}

/** `K=V`; a bare `K` is a variable of the image that was unset. */
export function environmentOf(list: readonly string[]): Map<string, string | null> {
  return new Map(
    list.map((entry): [string, string | null] => {
      const equals = entry.indexOf('=');
      return equals < 0 ? [entry, null] : [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}

function networkingOf(host: InspectedHostConfig) {
  return {
    dns: listOf(host.Dns),
    dnsOptions: listOf(host.DnsOptions),
    dnsSearch: listOf(host.DnsSearch),
    extraHosts: listOf(host.ExtraHosts),
  };
}

/** Those of the default bridge stand in one place, those of other networks in another. */
function linksFromInspect(
  host: InspectedHostConfig,
  networks: Readonly<Record<string, InspectedEndpoint | null>>,
): string[] {
  const ofEndpoints = Object.values(networks).flatMap((endpoint) => listOf(endpoint?.Links));
  return [...new Set([...listOf(host.Links), ...ofEndpoints].map(linkOf))].sort(textOrder);
}

/** `/app-db-1:/app-web-1/db` → `app-db-1:db`. */
function linkOf(text: string): string {
  const [target = '', alias = ''] = text.split(':');
  return `${target.replace(/^\//, '')}:${alias.slice(alias.lastIndexOf('/') + 1)}`;
}

/** The name of a network that the container is attached to is no mode. */
function networkModeOf(mode: string, networks: readonly string[]): NamespaceMode | undefined {
  const isBuiltIn = ['bridge', 'default', 'host', 'none'].includes(mode);
  if (mode === 'default') return { kind: 'word', word: 'bridge' };
  return networks.includes(mode) && !isBuiltIn ? undefined : namespaceOf(mode);
}

function namespaceOf(mode: string | undefined): NamespaceMode | undefined {
  if (mode === undefined || mode === '') return undefined;
  const prefix = 'container:';
  if (!mode.startsWith(prefix)) return { kind: 'word', word: mode };
  return { kind: 'container', container: mode.slice(prefix.length) };
}

function filesOf(host: InspectedHostConfig) {
  return {
    mounts: mountsFromInspect(host),
    tmpfs: mapOf(host.Tmpfs),
    isReadOnly: host.ReadonlyRootfs === true,
    storageOptions: mapOf(host.StorageOpt),
    ...devicesFromInspect(host),
    volumesFrom: listOf(host.VolumesFrom).map((text) => {
      const [name = '', mode] = text.split(':');
      return { kind: 'container', name, mode: mode === 'ro' ? 'ro' : 'rw' } as const;
    }),
    ...given({ shmSizeBytes: host.ShmSize }),
  };
}

function isolationOf(host: InspectedHostConfig) {
  // Made of the option that stands for it; privileged containers have no masks either.
  const isUnmasked =
    host.Privileged !== true && host.MaskedPaths !== undefined && listOf(host.MaskedPaths).length === 0;
  return {
    isPrivileged: host.Privileged === true,
    groupAdd: listOf(host.GroupAdd),
    capAdd: listOf(host.CapAdd),
    capDrop: listOf(host.CapDrop),
    securityOptions: [...listOf(host.SecurityOpt), ...(isUnmasked ? ['systempaths=unconfined'] : [])],
    sysctls: mapOf(host.Sysctls),
    ...given({
      usernsMode: textOf(host.UsernsMode),
      pid: namespaceOf(host.PidMode),
      ipc: namespaceOf(host.IpcMode),
      uts: textOf(host.UTSMode),
      cgroupNamespace: textOf(host.CgroupnsMode),
      cgroupParent: textOf(host.CgroupParent),
      runtime: textOf(host.Runtime),
      isolation: textOf(host.Isolation),
    }),
  };
}

const nsPerMs = 1_000_000;

/** 0 stands for what the engine does by itself. */
export function healthcheckOf(check: InspectedConfig['Healthcheck']): HealthcheckSpec | undefined {
  if (check === undefined || check === null) return undefined;
  const ms = (ns: number | undefined) => (ns === undefined || ns === 0 ? undefined : ns / nsPerMs);
  return {
    test: listOf(check.Test),
    ...given({
      intervalMs: ms(check.Interval),
      timeoutMs: ms(check.Timeout),
      startPeriodMs: ms(check.StartPeriod),
      startIntervalMs: ms(check.StartInterval),
      retries: check.Retries === 0 ? undefined : check.Retries,
    }),
  };
}

function restartOf(policy: InspectedHostConfig['RestartPolicy']): RestartSpec | undefined {
  const name = textOf(policy?.Name);
  if (name === undefined) return undefined;
  const maxRetries = policy?.MaximumRetryCount === 0 ? undefined : policy?.MaximumRetryCount;
  return { policy: name, ...given({ maxRetries }) };
}

function loggingOf(log: InspectedHostConfig['LogConfig']): ServiceSpec['logging'] {
  if (log === undefined || log === null) return undefined;
  return { options: mapOf(log.Config), ...given({ driver: textOf(log.Type) }) };
}
