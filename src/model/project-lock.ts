/**
 * Keeps two commands from changing one project on one engine at the same time. Given from outside, as a clock is;
 * host/lock/ has the one of this machine.
 */
export interface ProjectLock {
  /**
   * Waits until nobody else holds it, and holds it. Where no lock can be kept, this is told, and the command goes on
   * without. Throws CancelledError once `signal` is aborted.
   */
  acquire(claim: LockClaim, signal?: AbortSignal): Promise<HeldLock>;
}

export interface LockClaim {
  /** Which engine: equal for the same one. */
  readonly engine: string;
  readonly project: string;
  /** What is being done, in one word: `up`. Others are shown it. */
  readonly command: string;
  /** Absolute path of the project directory. Others are shown it. */
  readonly directory: string;
}

export interface HeldLock {
  /** Lets the next one in. Never throws. */
  release(): Promise<void>;
}

/** Who keeps others waiting. */
export interface LockHolder {
  readonly command: string;
  readonly directory: string;
  readonly pid: number;
  /** Name of its machine; undefined: it is this one, and so it can be told whether it is still there. */
  readonly otherHost: string | undefined;
  /** Milliseconds since 1970. */
  readonly sinceMs: number;
  /** The file that stands for the lock; undefined: there is none. */
  readonly path: string | undefined;
}

/** What there is to tell about a lock. */
export interface LockNews {
  /** Once, as soon as somebody has to be waited for; others may come before us afterwards. */
  waiting(holder: LockHolder): void;
  /** No lock can be kept here, for this reason. */
  impossible(why: string): void;
}
