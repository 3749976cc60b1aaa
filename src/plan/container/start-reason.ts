import type { ObservedContainer } from '../../model/observed.js';
import type { Reason } from '../../model/plan.js';
import type { ServiceSpec } from '../../model/service.js';
import { stopCodes } from '../../model/signals.js';

/** Why a container that is there is started: somebody stopped it, or it does not run for another reason. */
export function startReason(container: ObservedContainer, service: ServiceSpec): Reason {
  const { state, exitCode } = container;
  if (state === 'exited' && (container.endedBy === 'request' || wasHeldBack(container, service)))
    return { kind: 'stopped', exitCode };
  return { kind: 'not-running', state, exitCode };
}

/**
 * Engines start a container with such a policy again, whatever it ended with, unless somebody stopped it: that tells
 * it when the engine has forgotten the event. Not so when it could not be started, or ran out of memory.
 */
function wasHeldBack({ exitCode, details }: ObservedContainer, { restart }: ServiceSpec): boolean {
  if (restart?.policy !== 'always' && restart?.policy !== 'unless-stopped') return false;
  if (details === undefined || details.isOomKilled || details.errorText !== '') return false;
  return exitCode !== undefined && stopCodes.has(exitCode);
}
