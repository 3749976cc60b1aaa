import { apiClientDir, apiSocketMount, apiSocketPath } from '../../model/api-socket.js';
import { given } from '../../model/given.js';
import type { MountSpec } from '../../model/mount.js';
import { defaultImageName, type NamingProject } from '../../model/names.js';
import type { ModelSpec, ModelUse, ProviderSpec, ServiceSpec } from '../../model/service.js';
import type { WireStruct } from '../wire/wire-value.js';
import {
  toDependency,
  toHealthcheck,
  toHook,
  toLink,
  toOnUnhealthy,
  toPreStart,
  toPullPolicy,
  toRestart,
  toVolumesFrom,
} from './life-specs.js';
import { toEndpoint, toExposed, toNamespace, toPort } from './network-specs.js';
import { WireReader } from './read-wire.js';
import { toResources } from './resource-specs.js';
import { toDevice, toGrant, toMount, toTmpfs } from './storage-specs.js';
import { toBuild } from './to-build.js';
import { toWatch } from './to-watch.js';

/** What of the project a service depends on. */
export type LoadingProject = NamingProject & {
  readonly environment: ReadonlyMap<string, string>;
  readonly models: ReadonlyMap<string, WireReader>;
  /** Secrets of the project, by key. */
  readonly secrets: ReadonlyMap<string, WireReader>;
};

/** A service in our own words. snake_case ends here. */
export function toService(project: LoadingProject, name: string, struct: WireStruct): ServiceSpec {
  const wire = new WireReader(struct);
  const provider = wire.has('provider') ? toProvider(wire.in('provider'), project.environment) : undefined;
  return {
    name,
    image: wire.text('image') ?? defaultImageName(project, name),
    replicas:
      provider !== undefined ? 0 : (wire.number('scale') ?? wire.in('deploy').number('replicas') ?? 1),
    profiles: wire.texts('profiles'),
    isAttached: wire.explicitFlag('attach') ?? true,
    ...given({
      provider,
      models: wire.has('models') ? toModelUses(wire, project) : undefined,
      build: wire.has('build') ? toBuild(wire.in('build'), project) : undefined,
      platform: wire.text('platform'),
      pullPolicy: toPullPolicy(wire.text('pull_policy')),
      containerName: wire.text('container_name'),
    }),
    ...processOf(wire),
    ...orderOf(wire),
    ...networkOf(wire),
    ...filesOf(wire),
    resources: toResources(wire),
    ...isolationOf(wire),
    ...lifeOf(wire),
  };
}

function toProvider(wire: WireReader, environment: ReadonlyMap<string, string>): ProviderSpec {
  const options = wire.entries('options').map(([name]) => [name, wire.in('options').texts(name)] as const);
  return { type: wire.text('type') ?? '', options: new Map(options), environment };
}

/** By default the variables are named after the key: `MY_LLM_URL` and `MY_LLM_MODEL`. */
function toModelUses(service: WireReader, project: LoadingProject): Map<string, ModelUse> {
  return new Map(
    service.entries('models').flatMap(([key, use]): [string, ModelUse][] => {
      const wire = project.models.get(key);
      if (wire === undefined) return [];
      const prefix = key.toUpperCase().replaceAll('-', '_');
      return [
        [
          key,
          {
            model: toModel(key, wire, project),
            endpointVariable: use.text('endpoint_var') ?? `${prefix}_URL`,
            modelVariable: use.text('model_var') ?? `${prefix}_MODEL`,
          },
        ],
      ];
    }),
  );
}

function toModel(key: string, wire: WireReader, { environment }: LoadingProject): ModelSpec {
  return {
    key,
    model: wire.text('model') ?? '',
    runtimeFlags: wire.texts('runtime_flags'),
    environment,
    ...given({ contextSize: wire.number('context_size') }),
  };
}

function processOf(wire: WireReader) {
  return {
    command: wire.has('command') ? wire.texts('command') : null,
    entrypoint: wire.has('entrypoint') ? wire.texts('entrypoint') : null,
    environment: toEnvironment(wire),
    groupAdd: wire.texts('group_add'),
    isTty: wire.flag('tty'),
    isStdinOpen: wire.flag('stdin_open'),
    labels: wire.textMap('labels'),
    annotations: wire.textMap('annotations'),
    ...given({
      workingDir: wire.text('working_dir'),
      user: wire.text('user'),
      init: wire.explicitFlag('init'),
      stopSignal: wire.text('stop_signal'),
      stopGracePeriodMs: wire.milliseconds('stop_grace_period'),
      hostname: wire.text('hostname'),
      domainname: wire.text('domainname'),
    }),
  };
}

function orderOf(wire: WireReader) {
  return {
    dependsOn: new Map(wire.entries('depends_on').map(([name, value]) => [name, toDependency(value)])),
    links: wire.texts('links').map(toLink),
    externalLinks: wire.texts('external_links'),
    volumesFrom: wire.texts('volumes_from').map(toVolumesFrom),
  };
}

function networkOf(wire: WireReader) {
  return {
    networks: new Map(wire.entries('networks').map(([name, value]) => [name, toEndpoint(value)])),
    ports: wire.items('ports').map(toPort),
    expose: toExposed(wire.texts('expose')),
    dns: wire.texts('dns'),
    dnsOptions: wire.texts('dns_opt'),
    dnsSearch: wire.texts('dns_search'),
    // The wire has `host=ip`; the first `=` ends the name.
    extraHosts: wire.texts('extra_hosts').map((host) => host.replace('=', ':')),
    ...given({ networkMode: toNamespace(wire.text('network_mode')), macAddress: wire.text('mac_address') }),
  };
}

function filesOf(wire: WireReader) {
  return {
    mounts: toMounts(wire),
    tmpfs: toTmpfs(wire.texts('tmpfs')),
    configs: wire.items('configs').map((grant) => toGrant(grant, '/')),
    secrets: wire.items('secrets').map((grant) => toGrant(grant, '/run/secrets')),
    isReadOnly: wire.flag('read_only'),
    usesApiSocket: wire.flag('use_api_socket'),
    storageOptions: wire.textMap('storage_opt'),
    devices: wire.items('devices').map(toDevice),
    deviceCgroupRules: wire.texts('device_cgroup_rules'),
    ...given({ shmSizeBytes: wire.bytes('shm_size') }),
  };
}

/** With the engine's socket, where it is asked for and nothing else is in its place. */
function toMounts(wire: WireReader): MountSpec[] {
  const mounts = wire.items('volumes').map(toMount);
  if (!wire.flag('use_api_socket') || mounts.some(({ target }) => target === apiSocketPath)) return mounts;
  return [...mounts, apiSocketMount];
}

function toEnvironment(wire: WireReader): Map<string, string | null> {
  const own = wire.nullableTextMap('environment');
  if (wire.flag('use_api_socket') && !own.has('DOCKER_CONFIG')) own.set('DOCKER_CONFIG', apiClientDir);
  return own;
}

function isolationOf(wire: WireReader) {
  return {
    isPrivileged: wire.flag('privileged'),
    capAdd: wire.texts('cap_add'),
    capDrop: wire.texts('cap_drop'),
    securityOptions: wire.texts('security_opt'),
    sysctls: wire.textMap('sysctls'),
    ...given({
      usernsMode: wire.text('userns_mode'),
      pid: toNamespace(wire.text('pid')),
      ipc: toNamespace(wire.text('ipc')),
      uts: wire.text('uts'),
      cgroupNamespace: wire.text('cgroup'),
      cgroupParent: wire.text('cgroup_parent'),
      runtime: wire.text('runtime'),
      isolation: wire.text('isolation'),
    }),
  };
}

/** The schema knows no other word. */
function toKind(word: string | undefined): ServiceSpec['kind'] {
  return word === 'job' || word === 'service' ? word : undefined;
}

function lifeOf(wire: WireReader) {
  return {
    preStart: wire.items('pre_start').map(toPreStart),
    postStart: wire.items('post_start').map(toHook),
    preStop: wire.items('pre_stop').map(toHook),
    ...given({
      healthcheck: wire.has('healthcheck') ? toHealthcheck(wire.in('healthcheck')) : undefined,
      restart: toRestart(wire),
      kind: toKind(wire.extension('x-tscompose').text('kind')),
      onUnhealthy: toOnUnhealthy(wire.extension('x-tscompose').text('on-unhealthy')),
      logging: wire.has('logging') ? toLogging(wire.in('logging')) : undefined,
      watch: toWatch(wire.in('develop')),
    }),
  };
}

function toLogging(wire: WireReader): NonNullable<ServiceSpec['logging']> {
  return { options: wire.textMap('options'), ...given({ driver: wire.text('driver') }) };
}
