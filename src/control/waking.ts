import type { WakeReason } from '../model/control.js';

/** What happens to containers and may make them differ from what they should be. `kill` alone ends nothing. */
const wakingActions = new Set([
  'create',
  'start',
  'die',
  'stop',
  'destroy',
  'rename',
  'update',
  'pause',
  'unpause',
  'health_status: healthy',
  'health_status: unhealthy',
]);

/** Whether a reason causes a pass, or is only worth to be remembered. */
export function isWaking(reason: WakeReason): boolean {
  return reason.kind !== 'container' || wakingActions.has(reason.action);
}

/** Whether it is worth anything: health checks run programs in containers, and each makes three events. */
export function isWorthHearing(action: string): boolean {
  return action === 'kill' || wakingActions.has(action);
}
