import type { GatedKey } from '../../model/engine-requirements.js';

/** How far a key of the Compose file reaches. */
export type SupportLevel =
  /** It does what the specification says. */
  | 'supported'
  /** It does so in part; the note says which. */
  | 'partial'
  /** It is accepted and has no effect: said once as a warning, an error under `--strict`. */
  | 'ignored'
  /** A project that uses it is refused. */
  | 'rejected';

/** What is special about a key. A key without an entry of its own, or of a key above it, is supported. */
export interface KeySupport {
  /** As in the schema: `*` stands for a name that people choose, `[]` for an item of a list. */
  readonly key: string;
  readonly level: SupportLevel;
  /** What people should know: why, or what to do instead. */
  readonly note: string;
  /** Values that say what is so anyway: no warning for them. */
  readonly harmless?: readonly string[];
  /** Somebody else tells it, or nobody needs to be told. */
  readonly isQuiet?: true;
  /** Not every engine knows it. */
  readonly requirement?: GatedKey;
}

const cluster = 'only a scheduler of several machines reads it';
const buildNewer = 'on engines from Docker 23 on; an error on older ones';
const inContainerd = 'only where the engine keeps its images in containerd; an error elsewhere';
const mounting = 'the Dockerfile says it where it mounts the secret: RUN --mount=type=secret,uid=…';

/** The exceptions, key by key. docs/support.md is made from it, and a test proves the rest. */
export const keySupport: readonly KeySupport[] = [
  {
    key: 'version',
    level: 'ignored',
    note: 'obsolete: the file says by its keys what it needs',
    isQuiet: true,
  },
  { key: 'services.*.credential_spec', level: 'ignored', note: 'it only matters to Windows containers' },
  {
    key: 'services.*.build.additional_contexts',
    level: 'supported',
    note: `${buildNewer}; oci-layout:// ${inContainerd}`,
  },
  {
    key: 'services.*.build.cache_to',
    level: 'supported',
    note: `type=inline everywhere, other types ${inContainerd}`,
  },
  { key: 'services.*.build.platforms', level: 'supported', note: `several ${inContainerd}` },
  { key: 'services.*.build.shm_size', level: 'supported', note: buildNewer },
  { key: 'services.*.build.ulimits', level: 'supported', note: buildNewer },
  {
    key: 'services.*.build.privileged',
    level: 'partial',
    note: 'only where the engine allows it: security.insecure in builder.entitlements of its configuration; an error elsewhere',
  },
  {
    key: 'services.*.build.isolation',
    level: 'partial',
    note: 'only the classic builder of Windows engines knows it',
  },
  { key: 'services.*.build.provenance', level: 'partial', note: inContainerd },
  { key: 'services.*.build.sbom', level: 'partial', note: inContainerd },
  { key: 'services.*.build.secrets[].uid', level: 'ignored', note: mounting },
  { key: 'services.*.build.secrets[].gid', level: 'ignored', note: mounting },
  { key: 'services.*.build.secrets[].mode', level: 'ignored', note: mounting },
  { key: 'services.*.pull_refresh_after', level: 'ignored', note: 'use pull_policy: every_<duration>' },
  {
    key: 'services.*.ports[].mode',
    level: 'ignored',
    note: 'a port is always published on this host',
    isQuiet: true,
  },
  { key: 'services.*.deploy.mode', level: 'ignored', note: cluster, harmless: ['replicated'] },
  { key: 'services.*.deploy.endpoint_mode', level: 'ignored', note: cluster },
  { key: 'services.*.deploy.labels', level: 'ignored', note: cluster },
  { key: 'services.*.deploy.placement', level: 'ignored', note: cluster },
  { key: 'services.*.deploy.update_config', level: 'ignored', note: cluster },
  { key: 'services.*.deploy.rollback_config', level: 'ignored', note: cluster },
  { key: 'services.*.deploy.resources.reservations.cpus', level: 'ignored', note: cluster },
  { key: 'services.*.deploy.resources.reservations.generic_resources', level: 'ignored', note: cluster },
  { key: 'services.*.deploy.restart_policy.delay', level: 'ignored', note: cluster },
  { key: 'services.*.deploy.restart_policy.window', level: 'ignored', note: cluster },
  {
    key: 'configs.*.external',
    level: 'rejected',
    note: 'no engine without a cluster has configs of its own',
  },
  {
    key: 'secrets.*.external',
    level: 'rejected',
    note: 'no engine without a cluster has secrets of its own',
  },
  { key: 'configs.*.labels', level: 'ignored', note: cluster },
  { key: 'configs.*.template_driver', level: 'ignored', note: cluster },
  { key: 'secrets.*.labels', level: 'ignored', note: cluster },
  { key: 'secrets.*.driver', level: 'ignored', note: cluster },
  { key: 'secrets.*.driver_opts', level: 'ignored', note: cluster },
  { key: 'secrets.*.template_driver', level: 'ignored', note: cluster },
  { key: 'services.*.annotations', level: 'supported', note: '', requirement: 'annotations' },
  {
    key: 'services.*.healthcheck.start_interval',
    level: 'supported',
    note: '',
    requirement: 'healthcheck.start_interval',
  },
  {
    key: 'services.*.networks.*.gw_priority',
    level: 'supported',
    note: '',
    requirement: 'networks.gw_priority',
  },
  {
    key: 'services.*.networks.*.interface_name',
    level: 'supported',
    note: '',
    requirement: 'networks.interface_name',
  },
  {
    key: 'services.*.networks.*.mac_address',
    level: 'supported',
    note: '',
    requirement: 'networks.mac_address',
  },
  {
    key: 'services.*.volumes[].bind.recursive',
    level: 'supported',
    note: '',
    requirement: 'volumes.bind.recursive: readonly',
  },
  {
    key: 'services.*.volumes[].volume.subpath',
    level: 'supported',
    note: '',
    requirement: 'volumes.volume.subpath',
  },
  { key: 'services.*.volumes[].image', level: 'supported', note: '', requirement: 'volumes: type image' },
  { key: 'networks.*.enable_ipv4', level: 'supported', note: '', requirement: 'networks.enable_ipv4' },
];

/** The entry that counts for a key of the schema: its own, or the nearest above it. */
export function supportOf(key: string): KeySupport | undefined {
  return keySupport
    .filter(
      (entry) => key === entry.key || key.startsWith(`${entry.key}.`) || key.startsWith(`${entry.key}[`),
    )
    .sort((a, b) => b.key.length - a.key.length)[0];
}
