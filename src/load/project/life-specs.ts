import { given } from '../../model/given.js';
import type {
  DependencyCondition,
  DependencySpec,
  HealthcheckSpec,
  HookSpec,
  LinkSpec,
  PreStartSpec,
  PullPolicy,
  RestartSpec,
  ServiceSpec,
  VolumesFromSpec,
} from '../../model/service.js';
import { parseDuration } from '../units.js';
import type { WireReader } from './read-wire.js';

export function toDependency(wire: WireReader): DependencySpec {
  return {
    condition: (wire.text('condition') ?? 'service_started') as DependencyCondition,
    restart: wire.flag('restart'),
    required: wire.explicitFlag('required') ?? true,
  };
}

export function toLink(text: string): LinkSpec {
  const [service = '', alias] = text.split(':');
  return { service, ...given({ alias }) };
}

/** `service[:ro]` or `container:name[:ro]`. */
export function toVolumesFrom(text: string): VolumesFromSpec {
  const parts = text.split(':');
  const kind = parts[0] === 'container' ? 'container' : 'service';
  const [name = '', mode] = kind === 'container' ? parts.slice(1) : parts;
  return { kind, name, mode: mode === 'ro' ? 'ro' : 'rw' };
}

export function toHealthcheck(wire: WireReader): HealthcheckSpec {
  return {
    test: wire.flag('disable') ? ['NONE'] : wire.texts('test'),
    ...given({
      intervalMs: wire.milliseconds('interval'),
      timeoutMs: wire.milliseconds('timeout'),
      startPeriodMs: wire.milliseconds('start_period'),
      startIntervalMs: wire.milliseconds('start_interval'),
      retries: wire.number('retries'),
    }),
  };
}

/** `deploy.restart_policy` wins over `restart`. */
export function toRestart(service: WireReader): RestartSpec | undefined {
  const deploy = service.in('deploy');
  if (deploy.has('restart_policy')) {
    const policy = deploy.in('restart_policy');
    const condition = policy.text('condition') ?? 'any';
    const name = condition === 'none' ? 'no' : condition === 'any' ? 'always' : condition;
    return { policy: name, ...given({ maxRetries: policy.number('max_attempts') }) };
  }
  const text = service.text('restart');
  if (text === undefined) return undefined;
  const [policy = '', retries] = text.split(':');
  const maxRetries = retries === undefined || !/^\d+$/.test(retries) ? undefined : Number(retries);
  return { policy, ...given({ maxRetries }) };
}

export function toHook(wire: WireReader): HookSpec {
  return {
    command: wire.texts('command'),
    isPrivileged: wire.flag('privileged'),
    environment: wire.nullableTextMap('environment'),
    ...given({ user: wire.text('user'), workingDir: wire.text('working_dir') }),
  };
}

export function toPreStart(wire: WireReader): PreStartSpec {
  return {
    ...toHook(wire),
    isPerReplica: wire.flag('per_replica'),
    ...given({ image: wire.text('image') }),
  };
}

const dayMs = 86_400_000;

export function toPullPolicy(text: string | undefined): PullPolicy | undefined {
  switch (text) {
    case undefined:
      return undefined;
    case 'always':
    case 'refresh':
      return { kind: 'always' };
    case 'never':
    case 'missing':
    case 'build':
      return { kind: text };
    case 'daily':
      return { kind: 'every', intervalMs: dayMs };
    case 'weekly':
      return { kind: 'every', intervalMs: 7 * dayMs };
    default: {
      const interval = parseDuration(text.replace(/^every_/, ''));
      return interval === undefined
        ? { kind: 'missing' }
        : { kind: 'every', intervalMs: Number(interval / 1_000_000n) };
    }
  }
}

/** Of `x-tscompose`; undefined: it is not said. */
export function toOnUnhealthy(word: string | undefined): ServiceSpec['onUnhealthy'] {
  return word === 'restart' || word === 'recreate' || word === 'notify' ? word : undefined;
}
