import { PathRules } from './path-rules.js';

export type Cast = 'boolean' | 'integer' | 'float';

/** Where text becomes a typed value after interpolation, so that `${PORT}` may stand where a number is due. */
export const castRules = PathRules.of<Cast>({
  ...castAll('boolean', 'services.*', [
    'init',
    'oom_kill_disable',
    'privileged',
    'read_only',
    'stdin_open',
    'tty',
    'depends_on.*.required',
    'depends_on.*.restart',
    'healthcheck.disable',
    'volumes.[].read_only',
    'volumes.[].volume.nocopy',
  ]),
  ...castAll('boolean', 'networks.*', ['external', 'internal', 'attachable', 'enable_ipv4', 'enable_ipv6']),
  ...castAll('boolean', 'volumes.*', ['external']),
  ...castAll('boolean', 'secrets.*', ['external']),
  ...castAll('boolean', 'configs.*', ['external']),
  ...castAll('integer', 'services.*', [
    'cpu_count',
    'cpu_period',
    'cpu_quota',
    'cpu_shares',
    'oom_score_adj',
    'pids_limit',
    'scale',
    'healthcheck.retries',
    'ports.[].target',
    'ulimits.*',
    'ulimits.*.hard',
    'ulimits.*.soft',
    'deploy.replicas',
    'deploy.update_config.parallelism',
    'deploy.rollback_config.parallelism',
    'deploy.restart_policy.max_attempts',
    'deploy.placement.max_replicas_per_node',
  ]),
  ...castAll('float', 'services.*', [
    'cpus',
    'cpu_percent',
    'deploy.update_config.max_failure_ratio',
    'deploy.rollback_config.max_failure_ratio',
  ]),
});

function castAll(cast: Cast, parent: string, names: readonly string[]): Record<string, Cast> {
  return Object.fromEntries(names.map((name) => [`${parent}.${name}`, cast]));
}

export type CastResult =
  | { readonly ok: true; readonly value: boolean | number; readonly legacy?: true }
  | { readonly ok: false; readonly expected: string };

/** Reads text as a typed value. `legacy` marks YAML 1.1 booleans such as `yes`. */
export function castScalar(text: string, cast: Cast): CastResult {
  if (cast === 'boolean') return castBoolean(text);
  if (cast === 'integer') {
    const value = /^[-+]?\d+$/.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value) ? { ok: true, value } : { ok: false, expected: 'a whole number' };
  }
  const isNumber = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text);
  return isNumber ? { ok: true, value: Number(text) } : { ok: false, expected: 'a number' };
}

function castBoolean(text: string): CastResult {
  switch (text.toLowerCase()) {
    case 'true':
    case '1':
    case 't':
      return { ok: true, value: true };
    case 'false':
    case '0':
    case 'f':
      return { ok: true, value: false };
    case 'y':
    case 'yes':
    case 'on':
      return { ok: true, value: true, legacy: true };
    case 'n':
    case 'no':
    case 'off':
      return { ok: true, value: false, legacy: true };
    default:
      return { ok: false, expected: 'true or false' };
  }
}
