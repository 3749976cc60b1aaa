import type { Reason } from '../../model/plan.js';
import { differenceText } from '../build/build-inputs.js';
import { intervalText } from '../image/interval-text.js';

type Words = { [K in Reason['kind']]: (reason: Extract<Reason, { kind: K }>) => string };

/** One entry a kind of reason: the compiler sees to it that none is forgotten. */
const words: Words = {
  'not-found': () => 'not found',
  changed: (reason) => `changed: ${reason.changes.map((change) => change.path).join(', ')}`,
  forced: () => 'forced',
  'unknown-origin': () => 'made by another tool or version: what it was made from is not known',
  unhealthy: () => 'its health check fails',
  broken: (reason) => `is ${reason.state}`,
  'not-running': (reason) =>
    reason.exitCode === undefined ? `is ${reason.state}` : `is ${reason.state} (${reason.exitCode})`,
  stopped: (reason) =>
    reason.exitCode === undefined ? 'somebody stopped it' : `somebody stopped it (${reason.exitCode})`,
  renamed: (reason) => `somebody renamed it to ${reason.found}`,
  updated: (reason) => `somebody changed: ${reason.changes.map((change) => change.path).join(', ')}`,
  'not-attached': (reason) => `not attached to ${reason.network}`,
  'not-mounted': (reason) => `volume ${reason.volume} not mounted`,
  'parent-recreated': (reason) => `shares ${reason.shares} with ${reason.service}, which is new`,
  'dependency-recreated': (reason) => `restarts with ${reason.service}, which is recreated`,
  'dependency-restarted': (reason) => `restarts with ${reason.service}`,
  'volume-replaced': (reason) => `volume ${reason.volume} is made anew`,
  'network-recreated': (reason) => `network ${reason.network} is made anew`,
  'too-many': (reason) => `more than the ${reason.wanted} wanted`,
  'too-few': (reason) => `fewer than the ${reason.wanted} wanted`,
  created: (reason) => `created by #${reason.step}`,
  replaced: (reason) => `replaced by #${reason.by}`,
  'left-over': () => 'left by an interrupted run',
  orphan: () => 'orphan',
  'needed-by': (reason) => `needed by ${reason.services.join(', ')}`,
  'missing-image': () => 'not here',
  stale: (reason) => reason.differences.map(differenceText).join(', '),
  'other-platform': (reason) => `is here for ${reason.here}, not for ${reason.wanted}`,
  'image-too-old': (reason) => imageAgeText(reason),
  'pull-policy': (reason) => `pull policy is ${reason.policy}`,
  requested: () => 'requested',
};

/** Why a step is there, in a few words. */
export function reasonText(reason: Reason): string {
  const text = words[reason.kind] as (reason: Reason) => string;
  return text(reason);
}

function imageAgeText({ intervalMs, ageMs }: Extract<Reason, { kind: 'image-too-old' }>): string {
  const age = ageMs === undefined ? 'nobody knows when it was pulled' : `pulled ${intervalText(ageMs)} ago`;
  return `${age}, to be pulled every ${intervalText(intervalMs)}`;
}
