import type { PullPolicy, ServiceSpec } from '../../model/service.js';
import type { UpPolicy } from '../policy.js';

/** When the image of a service is pulled: what the person asks for, else what the service says. */
export function pullKind(
  service: Pick<ServiceSpec, 'pullPolicy'>,
  policy: Pick<UpPolicy, 'pull'>,
): 'always' | 'missing' | 'never' | 'every' {
  if (policy.pull !== 'policy') return policy.pull;
  const kind: PullPolicy['kind'] | undefined = service.pullPolicy?.kind;
  return kind === 'always' || kind === 'never' || kind === 'every' ? kind : 'missing';
}
