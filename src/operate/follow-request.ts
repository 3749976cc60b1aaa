import type { AttachOptions } from '../engine/process-port.js';
import type { LogPast } from './container-log.js';
import type { FollowEvent } from './log-events.js';

export interface FollowRequest {
  readonly project: string;
  /** Whether the log of a container is wanted. */
  isShown(service: string, number: number | undefined): boolean;
  /** Whether the end of a service counts: the follower ends when all containers of those have ended. */
  isMonitored(service: string): boolean;
  /** Of services whose logs are kept nowhere: what kind of terminal to listen to. Undefined: their logs are read. */
  hearing?(service: string): AttachOptions['terminal'] | undefined;
  /** For containers that are not there yet; a time to begin or end at. */
  readonly past?: LogPast;
  /**
   * How long to wait for containers that somebody has stopped: a restart or a recreation stops them first. Without:
   * not at all.
   */
  readonly comebackMs?: number;
  /** Told when the engine is lost and found again. Without: its loss is the end. */
  onEngine?(state: 'lost' | 'back'): void;
  /** Whoever takes an event may let the log wait until it is dealt with. */
  readonly onEvent: (event: FollowEvent) => void | Promise<void>;
}
