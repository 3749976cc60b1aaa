import type { AgreedPlan } from '../model/agreed-plan.js';
import type { Plan, Step } from '../model/plan.js';
import type { Project } from '../model/project.js';
import { UsageError } from '../problems/errors.js';
import type { PlanTools } from './policy.js';
import { canonicalText } from './text/canonical-text.js';
import { reasonText } from './text/reason-text.js';
import { stepTitle } from './text/step-title.js';

/** What is to be remembered of a plan so that exactly this one is carried out later, or none. */
export function agreedPlan(plan: Plan, project: Project, tools: PlanTools): AgreedPlan {
  return {
    toolVersion: tools.toolVersion,
    digests: { project: projectDigest(project, tools), plan: planDigest(plan, tools) },
    steps: plan.steps.map((step) => ({ title: stepTitle(step), digest: stepDigest(step, tools) })),
  };
}

/** Throws UsageError `plan/outdated`, with what moved, unless the plan is the one that was agreed to. */
export function refuseOtherPlan(agreed: AgreedPlan, plan: Plan, project: Project, tools: PlanTools): void {
  if (planDigest(plan, tools) === agreed.digests.plan) return;
  throw new UsageError(`the plan is out of date: ${whatMoved(agreed, project, tools)}`, {
    code: 'plan/outdated',
    evidence: differences(agreed, plan, tools),
    hint: 'nothing was changed; look at a new plan: tscompose plan -o FILE',
  });
}

function whatMoved(agreed: AgreedPlan, project: Project, tools: PlanTools): string {
  if (agreed.toolVersion !== tools.toolVersion)
    return `it was made by version ${agreed.toolVersion}, and this is ${tools.toolVersion}`;
  return agreed.digests.project === projectDigest(project, tools)
    ? 'what runs is not as it was'
    : 'the files or variables say something else now';
}

/** `-` what was planned and is not needed any more, `+` what is needed now, `~` what would be done otherwise. */
function differences(agreed: AgreedPlan, { steps }: Plan, tools: PlanTools): string[] {
  const before = new Map(agreed.steps.map(({ title, digest }) => [title, digest]));
  const now = new Set(steps.map(stepTitle));
  const gone = agreed.steps.filter(({ title }) => !now.has(title)).map(({ title }) => `- ${title}`);
  const others = steps.flatMap((step) => {
    const title = stepTitle(step);
    const digest = before.get(title);
    if (digest === undefined) return [`+ ${title}   ${reasonText(step.reason)}`];
    return digest === stepDigest(step, tools) ? [] : [`~ ${title}   with other settings`];
  });
  return gone.length + others.length === 0 ? ['the same steps in another order'] : [...gone, ...others];
}

/** Reasons are left out: why something is done does not change what is done. */
function planDigest({ steps }: Plan, { digest }: PlanTools): string {
  return digest(canonicalText(steps.map(({ reason: _, ...effect }) => effect)));
}

function stepDigest(step: Step, { digest }: PlanTools): string {
  const { reason: _, id: _id, after: _after, afterSettled: _settled, ...effect } = step;
  return digest(canonicalText(withoutPlaces(effect)));
}

/** Numbers of other steps change with everything that comes before them. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (value instanceof Map)
    return new Map([...value].map(([key, member]) => [key, withoutPlaces(member)] as const));
  if (typeof value !== 'object' || value === null) return value;
  const isPlanned = 'kind' in value && value.kind === 'planned';
  const members = Object.entries(value).filter(([key]) => !(isPlanned && key === 'step'));
  return Object.fromEntries(members.map(([key, member]) => [key, withoutPlaces(member)]));
}

/** Values go into the digest only. */
function projectDigest({ origins: _, ...project }: Project, { digest }: PlanTools): string {
  return digest(canonicalText(project));
}
