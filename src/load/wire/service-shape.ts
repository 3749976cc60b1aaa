import { pairsOf } from '../pairs.js';
import type { TreeNode } from '../tree-node.js';
import {
  anyText,
  type BindContext,
  type Binder,
  bytes,
  command,
  duration,
  explicitFlag,
  explicitInteger,
  flag,
  float,
  integer,
  listOf,
  mapOfAll,
  microseconds,
  pairs,
  scalarText,
  struct,
  text,
} from './bind.js';
import {
  deployShape,
  developShape,
  deviceRequestShape,
  healthcheckShape,
  hookShape,
  providerShape,
} from './deploy-shapes.js';
import { extraHosts } from './extra-hosts.js';
import { endpointShape, modelUseShape, portShape } from './network-shapes.js';
import {
  blkioShape,
  deviceShape,
  grantShape,
  loggingShape,
  mountShape,
  storageOptionsShape,
} from './storage-shapes.js';
import { ulimitsShape } from './ulimits.js';
import { type WireList, wireEntries } from './wire-value.js';

const dependencyShape = struct({ condition: text, restart: flag, required: requiredFlag });

/** `required: false` means something and `required: true` is always written. */
function requiredFlag(node: TreeNode, context: BindContext): boolean {
  return explicitFlag(node, context) === true;
}

const bindSshKeys = mapOfAll((value) => scalarText(value) ?? '');

/** Variables of the container. A name that ends in a blank is a typing mistake that nobody finds later. */
const environmentShape: Binder = (node, context) => {
  const map = pairsOf(node);
  for (const [name, { value }] of map?.entries ?? []) {
    if (name !== name.trimEnd()) {
      return context.invalid(value, `the variable "${name}" is declared with a trailing space`);
    }
  }
  return bindEnvironment(node, context);
};
const bindEnvironment = pairs('null');

const pullPolicyShape: Binder = (node) => {
  const policy = scalarText(node);
  return policy === 'if_not_present' ? 'missing' : policy || undefined;
};

export const buildShape = struct({
  context: text,
  dockerfile: text,
  dockerfile_inline: text,
  entitlements: listOf(anyText),
  args: pairs('null'),
  provenance: text,
  sbom: text,
  ssh: sshShape,
  labels: pairs('empty'),
  cache_from: listOf(anyText),
  cache_to: listOf(anyText),
  no_cache: flag,
  no_cache_filter: listOf(anyText),
  additional_contexts: pairs('empty'),
  pull: flag,
  extra_hosts: extraHosts,
  isolation: text,
  network: text,
  target: text,
  secrets: listOf(grantShape),
  shm_size: bytes,
  tags: listOf(anyText),
  ulimits: ulimitsShape,
  platforms: listOf(anyText),
  privileged: flag,
});

/** `default` or `id=path`. */
function sshShape(node: TreeNode, context: BindContext): WireList | undefined {
  const keys = [...wireEntries(bindSshKeys(node, context))];
  return keys.length === 0
    ? undefined
    : keys.map(([id, path]) => (path === '' ? id : `${id}=${String(path)}`));
}

/** A service, with its keys in docker compose's order. */
export const serviceShape = struct(
  {
    profiles: listOf(anyText),
    annotations: pairs('empty'),
    attach: explicitFlag,
    build: buildShape,
    develop: developShape,
    blkio_config: blkioShape,
    cap_add: listOf(anyText),
    cap_drop: listOf(anyText),
    cgroup_parent: text,
    cgroup: text,
    cpu_count: integer,
    cpu_percent: float,
    cpu_period: microseconds,
    cpu_quota: microseconds,
    cpu_rt_period: microseconds,
    cpu_rt_runtime: microseconds,
    cpus: float,
    cpuset: text,
    cpu_shares: integer,
    command,
    configs: listOf(grantShape),
    container_name: text,
    credential_spec: struct({ config: text, file: text, registry: text }),
    depends_on: mapOfAll(dependencyShape),
    deploy: deployShape,
    device_cgroup_rules: listOf(anyText),
    devices: listOf(deviceShape),
    dns: listOf(anyText),
    dns_opt: listOf(anyText),
    dns_search: listOf(anyText),
    domainname: text,
    entrypoint: command,
    provider: providerShape,
    environment: environmentShape,
    env_file: listOf(struct({ path: text, required: explicitFlag, format: text })),
    expose: listOf(anyText),
    extends: struct({ file: text, service: text }),
    external_links: listOf(anyText),
    extra_hosts: extraHosts,
    group_add: listOf(anyText),
    gpus: listOf(deviceRequestShape),
    hostname: text,
    healthcheck: healthcheckShape,
    image: text,
    init: explicitFlag,
    ipc: text,
    isolation: text,
    labels: pairs('empty'),
    label_file: listOf(anyText),
    links: listOf(anyText),
    logging: loggingShape,
    mem_limit: bytes,
    mem_reservation: bytes,
    memswap_limit: bytes,
    mem_swappiness: bytes,
    mac_address: text,
    models: mapOfAll(modelUseShape),
    network_mode: text,
    networks: mapOfAll(endpointShape),
    oom_kill_disable: flag,
    oom_score_adj: integer,
    pid: text,
    pids_limit: integer,
    platform: text,
    ports: listOf(portShape),
    privileged: flag,
    pull_policy: pullPolicyShape,
    read_only: flag,
    restart: text,
    runtime: text,
    scale: explicitInteger,
    secrets: listOf(grantShape),
    security_opt: listOf(anyText),
    shm_size: bytes,
    stdin_open: flag,
    stop_grace_period: duration,
    stop_signal: text,
    storage_opt: storageOptionsShape,
    sysctls: pairs('empty'),
    tmpfs: listOf(anyText),
    tty: flag,
    ulimits: ulimitsShape,
    use_api_socket: flag,
    user: text,
    userns_mode: text,
    uts: text,
    volumes: listOf(mountShape),
    volumes_from: listOf(anyText),
    working_dir: text,
    pre_start: listOf(hookShape),
    post_start: listOf(hookShape),
    pre_stop: listOf(hookShape),
  },
  { jsonDefaults: { command: null, entrypoint: null } },
);
