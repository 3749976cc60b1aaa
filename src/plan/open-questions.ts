import type { ObservedContainer, ObservedState } from '../model/observed.js';
import type { Plan } from '../model/plan.js';
import type { UpPolicy } from './policy.js';

/** Up to so many containers, inspecting them all costs less than a person notices: decisions/0007. */
const fewContainers = 20;

/** What a list does not tell, and what would make a plan say more. By ids of containers. */
export interface OpenQuestions {
  /** To inspect, one request each: those that were not yet. */
  readonly inspect: ReadonlySet<string>;
  /** Among them those of which it is worth asking who ended them. */
  readonly ended: ReadonlySet<string>;
  /** Networks, by engine name, of which it must be known whether containers of others run in them. */
  readonly replacedNetworks: ReadonlySet<string>;
}

/** Ids of the containers to inspect before anything is planned: for limits that somebody changed. */
export function withCheckedLimits(observed: ObservedState, policy: UpPolicy): ReadonlySet<string> {
  const checked = checksLimits(observed, policy) ? replicas(observed) : [];
  return new Set(checked.map(({ id }) => id));
}

/**
 * What to look at before a plan that was made from lists alone is made again: containers that are to be replaced, for
 * their old values; those that are to be started, for who stopped them; and networks that are to be made anew, for who
 * else is in them.
 */
export function openQuestions(plan: Plan, observed: ObservedState): OpenQuestions {
  const replaced = new Set(
    plan.steps.flatMap((step) =>
      step.kind === 'create-container' && ['changed', 'unknown-origin'].includes(step.reason.kind)
        ? step.replaces
        : [],
    ),
  );
  const ended = endedContainers(plan);
  const asked = observed.containers.filter(({ id, name }) => replaced.has(name) || ended.has(id));
  return {
    inspect: new Set(asked.flatMap(({ id, details }) => (details === undefined ? [id] : []))),
    ended,
    replacedNetworks: replacedNetworks(plan),
  };
}

/** Whether limits that somebody changed may go unseen, since there are too many containers to look into each. */
export function leavesLimitsUnchecked(observed: ObservedState, policy: UpPolicy): boolean {
  return policy.limitCheck === 'few' && replicas(observed).length > fewContainers;
}

function checksLimits(observed: ObservedState, policy: UpPolicy): boolean {
  const mayChange = policy.recreate === 'diverged' || policy.recreateDependencies === 'diverged';
  return mayChange && policy.limitCheck !== 'none' && !leavesLimitsUnchecked(observed, policy);
}

function replicas({ containers }: ObservedState): ObservedContainer[] {
  return containers.filter(({ isOneOff }) => !isOneOff);
}

function endedContainers({ steps }: Plan): Set<string> {
  return new Set(
    steps.flatMap((step) =>
      step.kind === 'start-container' &&
      step.container.kind === 'existing' &&
      step.reason.kind === 'not-running' &&
      step.reason.state === 'exited'
        ? [step.container.id]
        : [],
    ),
  );
}

function replacedNetworks({ steps }: Plan): Set<string> {
  return new Set(steps.flatMap((step) => (step.kind === 'remove-network' ? [step.name] : [])));
}
