import { PathRules } from './path-rules.js';

/**
 * How an override meets its base where the generic rule (mappings merge, lists append, scalars replace) does not
 * hold:
 * - `replace`: the override wins whole, even when it is null;
 * - `pairs`: a list of `K=V` or a mapping; merged by key, null replaces;
 * - `hosts`: the same, but one host may have several addresses: entries append;
 * - `list`: a single value is a list of one; lists append;
 * - `dependencies`, `names`: a list of names is a mapping with default values;
 * - `build`: a text is its context;
 * - `logging`: options only merge when the drivers agree;
 * - `pools`: address pools merge by subnet.
 */
export type MergeRule =
  | 'replace'
  | 'pairs'
  | 'hosts'
  | 'list'
  | 'dependencies'
  | 'names'
  | 'build'
  | 'logging'
  | 'pools';

export const mergeRules = PathRules.of<MergeRule>({
  'services.*.command': 'replace',
  'services.*.entrypoint': 'replace',
  'services.*.healthcheck.test': 'replace',
  'services.*.ulimits.*': 'replace',
  'services.*.build.ulimits.*': 'replace',

  'services.*.build.args': 'pairs',
  'services.*.build.labels': 'pairs',
  'services.*.build.additional_contexts': 'pairs',
  'services.*.build.ssh': 'pairs',
  'services.*.annotations': 'pairs',
  'services.*.environment': 'pairs',
  'services.*.labels': 'pairs',
  'services.*.sysctls': 'pairs',
  'services.*.deploy.labels': 'pairs',
  'services.*.volumes.[].volume.labels': 'pairs',
  'networks.*.labels': 'pairs',
  'volumes.*.labels': 'pairs',
  'configs.*.labels': 'pairs',
  'secrets.*.labels': 'pairs',

  'services.*.extra_hosts': 'hosts',
  'services.*.build.extra_hosts': 'hosts',

  'services.*.dns': 'list',
  'services.*.dns_opt': 'list',
  'services.*.dns_search': 'list',
  'services.*.tmpfs': 'list',
  'services.*.env_file': 'list',
  'services.*.label_file': 'list',
  'services.*.build.no_cache_filter': 'list',

  'services.*.depends_on': 'dependencies',
  'services.*.networks': 'names',
  'services.*.models': 'names',

  'services.*.build': 'build',
  'services.*.logging': 'logging',
  'networks.*.ipam.config': 'pools',
});
