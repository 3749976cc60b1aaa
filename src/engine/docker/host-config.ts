import type { ContainerSpec, NamespaceRequest } from '../../model/container-spec.js';
import type { RestartSpec, ServiceSpec } from '../../model/service.js';
import type { TerminalSize } from '../../model/terminal-size.js';
import { isAtLeast } from './api-version.js';
import { defined, type JsonObject, mapUnlessEmpty, objectOf, unlessEmpty } from './body-fields.js';
import { mountFieldsOf } from './mount-fields.js';
import { linksOf, portBindingsOf } from './networking-config.js';
import { deviceFieldsOf, resourceFieldsOf } from './resource-fields.js';

/** `HostConfig` of `POST /containers/create`. */
export function hostConfigOf(spec: ContainerSpec<string>, apiVersion: string): JsonObject {
  const { service } = spec;
  return defined({
    ...networkFields(spec),
    ...namespaceFields(spec),
    ...securityFields(service),
    ...mountFieldsOf(spec.mounts, service.tmpfs, apiVersion),
    ...deviceFieldsOf(service),
    ...resourceFieldsOf(service.resources),
    VolumesFrom: unlessEmpty(spec.volumesFrom.map(({ container, mode }) => `${container}:${mode}`)),
    ShmSize: service.shmSizeBytes,
    StorageOpt: mapUnlessEmpty(service.storageOptions),
    Init: service.init,
    Runtime: service.runtime,
    Isolation: service.isolation,
    RestartPolicy: restartPolicyOf(service.restart),
    AutoRemove: spec.oneOff?.whenEnded === 'remove' ? true : undefined,
    ConsoleSize: consoleSizeOf(spec.oneOff?.terminalSize, apiVersion),
    LogConfig: logConfigOf(service.logging),
    Annotations: isAtLeast(apiVersion, '1.43') ? mapUnlessEmpty(service.annotations) : undefined,
  });
}

function networkFields(spec: ContainerSpec<string>): JsonObject {
  const { service } = spec;
  return {
    NetworkMode: networkModeOf(spec),
    PortBindings: portBindingsOf(service.ports),
    Links: unlessEmpty(linksOf(spec)),
    Dns: unlessEmpty(service.dns),
    DnsOptions: unlessEmpty(service.dnsOptions),
    DnsSearch: unlessEmpty(service.dnsSearch),
    ExtraHosts: unlessEmpty(service.extraHosts),
  };
}

function networkModeOf({ networkMode, endpoints }: ContainerSpec<string>): string | undefined {
  if (networkMode === undefined) return endpoints[0]?.network;
  const mode = namespaceOf(networkMode);
  return mode === 'disabled' ? undefined : mode;
}

function namespaceFields({ pid, ipc, service }: ContainerSpec<string>): JsonObject {
  return {
    PidMode: namespaceOf(pid),
    IpcMode: namespaceOf(ipc),
    UTSMode: service.uts,
    UsernsMode: service.usernsMode,
    CgroupnsMode: service.cgroupNamespace,
    CgroupParent: service.cgroupParent,
  };
}

function namespaceOf(request: NamespaceRequest<string> | undefined): string | undefined {
  if (request === undefined) return undefined;
  return request.kind === 'word' ? request.word : `container:${request.container}`;
}

function securityFields(service: ServiceSpec): JsonObject {
  // The engine has no option of that name: what it stands for are two lists, emptied.
  const unmask = 'systempaths=unconfined';
  const options = service.securityOptions.filter((option) => option !== unmask);
  const isUnmasked = options.length < service.securityOptions.length;
  return {
    Privileged: service.isPrivileged,
    ReadonlyRootfs: service.isReadOnly,
    CapAdd: unlessEmpty(service.capAdd),
    CapDrop: unlessEmpty(service.capDrop),
    GroupAdd: unlessEmpty(service.groupAdd),
    SecurityOpt: unlessEmpty(options),
    MaskedPaths: isUnmasked ? [] : undefined,
    ReadonlyPaths: isUnmasked ? [] : undefined,
    Sysctls: mapUnlessEmpty(service.sysctls),
  };
}

/** Rows come first. Older engines heed it on Windows only. */
export function consoleSizeOf(size: TerminalSize | undefined, apiVersion: string): number[] | undefined {
  return size !== undefined && isAtLeast(apiVersion, '1.42') ? [size.rows, size.columns] : undefined;
}

export function restartPolicyOf(restart: RestartSpec | undefined): JsonObject | undefined {
  if (restart === undefined) return undefined;
  return defined({ Name: restart.policy, MaximumRetryCount: restart.maxRetries });
}

function logConfigOf(logging: ServiceSpec['logging']): JsonObject | undefined {
  if (logging === undefined) return undefined;
  return { Type: logging.driver ?? '', Config: objectOf(logging.options) };
}
