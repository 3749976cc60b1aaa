import { applyAll, observeAndPlan, plan, prepare } from './compose.js';
import { holdProject } from './hold-project.js';
import type { AgreedPlan } from './model/agreed-plan.js';
import type { ApplyResult } from './model/apply-result.js';
import type { Plan } from './model/plan.js';
import type { Project } from './model/project.js';
import { agreedPlan, refuseOtherPlan } from './plan/agree.js';
import type { UpPolicy } from './plan/policy.js';
import { tools } from './plan-tools.js';
import type { Session } from './session.js';

/** What is to be kept of a plan, so that `applyAgreed` can carry out exactly this one. Holds no values. */
export function agreeTo(planned: Plan, project: Project): AgreedPlan {
  return agreedPlan(planned, project, tools);
}

/** The plan as things are now. Throws UsageError `plan/outdated` when it is not the one that was agreed to. */
export async function planAgreed(
  project: Project,
  policy: UpPolicy,
  agreed: AgreedPlan,
  session: Pick<Session, 'engine' | 'clock' | 'buildPlaces' | 'signal'>,
): Promise<Plan> {
  const now = await plan(project, policy, session);
  refuseOtherPlan(agreed, now, project, tools);
  return now;
}

/**
 * Carries a plan out that was made before, if it is still the same. Pulls and providers that come first may change
 * more: then nothing else is done. Throws UsageError `plan/outdated`, and what `up` throws.
 */
export function applyAgreed(
  project: Project,
  policy: UpPolicy,
  agreed: AgreedPlan,
  session: Session,
): Promise<{ readonly plan: Plan; readonly result: ApplyResult }> {
  return holdProject(project, 'apply', session, async (held) => {
    const now = await planAgreed(project, policy, agreed, held);
    const prepared = await prepare(project, policy, held);
    const last = prepared === project ? now : await observeAndPlan(prepared, policy, held);
    if (last !== now) refuseOtherPlan(agreed, last, project, tools);
    return { plan: last, result: await applyAll(last, prepared, held) };
  });
}
