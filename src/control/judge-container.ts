import type { HoldReason } from '../model/control.js';
import type { ObservedContainer, ObservedContainerDetails } from '../model/observed.js';
import type { RestartSpec, ServiceSpec } from '../model/service.js';
import { stopCodes } from '../model/signals.js';
import { soundRunMs } from './backoff.js';
import type { ContainerMemory } from './container-memory.js';

/** What to make of a container that has ended. */
export type Verdict =
  /** It is to run: we stopped it ourselves, or it never ran. */
  | { readonly kind: 'start' }
  /** It has done its work. */
  | { readonly kind: 'finished' }
  | { readonly kind: 'crashed'; readonly exitCode: number }
  | { readonly kind: 'left'; readonly why: HoldReason };

/**
 * Judges an exited container by what was seen of it, and where nothing was seen, by what it looks like. The restart
 * policy is the engine's business; what is found here is what the engine has given up or was told to leave.
 */
export function judgeExited(
  container: ObservedContainer,
  details: ObservedContainerDetails,
  { restart, kind }: Pick<ServiceSpec, 'restart' | 'kind'>,
  memory: ContainerMemory,
): Verdict {
  const { id } = container;
  const { exitCode } = details;
  if (memory.wasEndedByUs(id)) return { kind: 'start' };
  if (memory.wasEndedByUser(id, exitCode)) return { kind: 'left', why: { kind: 'stopped-by-user' } };
  if (details.errorText !== '' && details.startedAtMs === undefined) return { kind: 'crashed', exitCode };
  const policy = restart?.policy ?? 'no';
  const isForEver = policy === 'always' || policy === 'unless-stopped';
  if (exitCode === 0 && !isForEver && kind !== 'service') return { kind: 'finished' };
  if (memory.wasSeenRunning(id) || !looksStopped(details, restart)) return { kind: 'crashed', exitCode };
  return { kind: 'left', why: { kind: 'stopped-before', exitCode } };
}

/** Whether a container whose end nobody saw was stopped on request, as far as can be told. */
function looksStopped(details: ObservedContainerDetails, restart: RestartSpec | undefined): boolean {
  if (details.isOomKilled || details.errorText !== '') return false;
  switch (restart?.policy) {
    // The engine starts those again, until somebody stops them.
    case 'always':
    case 'unless-stopped':
      return true;
    case 'on-failure': {
      const { maxRetries = 0 } = restart;
      return maxRetries === 0 || details.restartCount < maxRetries;
    }
    default:
      return stopCodes.has(details.exitCode);
  }
}

/** Whether the last run went on for long enough: then its end is the first of a new row. */
export function wasSoundRun({ startedAtMs, finishedAtMs }: ObservedContainerDetails): boolean {
  if (startedAtMs === undefined || finishedAtMs === undefined) return false;
  return finishedAtMs - startedAtMs >= soundRunMs;
}
