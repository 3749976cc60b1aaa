import type { ProviderAction } from '../../model/plan.js';
import type { ServiceSpec } from '../../model/service.js';
import type { PlanBuilder } from '../plan-builder.js';

/** The step for a service that a provider stands for; none for any other. */
export function planProvider(
  plan: PlanBuilder,
  service: ServiceSpec | undefined,
  action: ProviderAction,
  order: { readonly after?: readonly (number | undefined)[]; readonly afterSettled?: readonly number[] },
): number[] {
  if (service?.provider === undefined) return [];
  const { name, provider } = service;
  return [
    plan.add(
      'run-provider',
      { provider, action },
      { ...order, reason: { kind: 'requested' }, service: name },
    ),
  ];
}
