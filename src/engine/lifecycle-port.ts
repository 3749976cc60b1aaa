import type { LimitSpec } from '../model/limits.js';

/** Part of the port: what becomes of a container's process beyond start, stop and kill. */
export interface LifecyclePort {
  /**
   * Stops the container, if it runs, and starts it again; the same one. Without `timeoutSec` the container's own grace
   * period counts. Also for one that never ran or is paused. Kind `port-taken`.
   */
  restart(id: string, options: { readonly timeoutSec?: number }, signal?: AbortSignal): Promise<void>;
  /** Freezes a running container. Nothing happens when it is frozen already. Kind `conflict` when it does not run. */
  pause(id: string, signal?: AbortSignal): Promise<void>;
  /** Lets a frozen container go on. Nothing happens when it is not frozen. */
  unpause(id: string, signal?: AbortSignal): Promise<void>;
  /** Sets limits and the restart policy of a container, running or not; it goes on as it is. */
  update(id: string, limits: LimitSpec, signal?: AbortSignal): Promise<void>;
}
