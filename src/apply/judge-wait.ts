import type { ObservedContainerDetails } from '../model/observed.js';
import type { WaitCondition } from '../model/plan.js';

/** What a look at a container means to who waits for it. `failed`: it will not come to that any more, and why. */
export type WaitVerdict = 'satisfied' | 'pending' | { readonly failed: string };

/**
 * How often the engine may start a container anew before nobody believes in it any more. The engine waits twice as
 * long each time: ten times are about two minutes.
 */
const believedRestarts = 10;

/** Never `pending` where only a person could make it go on: a wait ends in any case. */
export function judgeWait(
  details: ObservedContainerDetails,
  condition: WaitCondition,
  target: { readonly name: string; readonly service: string },
): WaitVerdict {
  const { state, exitCode, restartCount } = details;
  const failed = (what: string): WaitVerdict => ({
    failed: `dependency failed to start: container ${target.name} ${what}`,
  });
  if (state === 'paused') return failed('is paused');
  if (condition === 'service_completed_successfully') return judgeJob(details, target);
  if (state === 'exited' || state === 'dead') {
    const hasEndedWell = condition === 'running_or_healthy' && isJobLike(details) && exitCode === 0;
    return hasEndedWell ? 'satisfied' : failed(`exited (${exitCode})`);
  }
  if (restartCount >= believedRestarts && details.health !== 'healthy')
    return failed(`has exited and was started again ${restartCount} times: exit ${exitCode}`);
  if (state !== 'running') return 'pending';
  return judgeHealth(details, condition, failed);
}

/** The health word counts only while the container runs: a stopped one keeps the last. */
function judgeHealth(
  { health }: ObservedContainerDetails,
  condition: WaitCondition,
  failed: (what: string) => WaitVerdict,
): WaitVerdict {
  if (health === 'healthy') return 'satisfied';
  if (health === 'unhealthy') return failed('is unhealthy');
  if (health === 'starting') return 'pending';
  return condition === 'running_or_healthy' ? 'satisfied' : failed('has no healthcheck configured');
}

function judgeJob(details: ObservedContainerDetails, { service }: { readonly service: string }): WaitVerdict {
  const { state, exitCode, restartCount } = details;
  const failed = (what: string): WaitVerdict => ({
    failed: `service "${service}" didn't complete successfully: ${what}`,
  });
  if (state === 'exited' || state === 'dead')
    return exitCode === 0 ? 'satisfied' : failed(`exit ${exitCode}`);
  if (restartCount > 0 && isAlwaysRestarted(details))
    return failed(`it is started again whenever it ends (restart: ${details.service.restart?.policy})`);
  if (restartCount >= believedRestarts) return failed(`exit ${exitCode}, ${restartCount} times in a row`);
  return 'pending';
}

/** Whether it may be meant to end: nobody checks its health, and it is not started again after a good end. */
function isJobLike(details: ObservedContainerDetails): boolean {
  const test = details.service.healthcheck?.test ?? [];
  return (test.length === 0 || test[0] === 'NONE') && !isAlwaysRestarted(details);
}

function isAlwaysRestarted({ service }: ObservedContainerDetails): boolean {
  return service.restart?.policy === 'always' || service.restart?.policy === 'unless-stopped';
}
