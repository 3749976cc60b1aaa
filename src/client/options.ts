import type { EmitProgress } from '../model/progress.js';
import type { DownPolicy } from '../plan/down-policy.js';
import type { UpPolicy } from '../plan/policy.js';

/** What every operation takes. */
export interface OperationOptions {
  /** Ends the operation: calls in flight are aborted, and it rejects with CancelledError. What is done stays done. */
  readonly signal?: AbortSignal | undefined;
}

/** The same for operations that change something. */
export interface ChangeOptions extends OperationOptions {
  /** Told of everything that happens meanwhile. */
  readonly onEvent?: EmitProgress | undefined;
  /** Starts nothing more, lets calls in flight end, and rejects with CancelledError. */
  readonly drain?: AbortSignal | undefined;
  /** How many calls to the engine may run at once; without it each kind has the limit that is best for it. */
  readonly maxParallel?: number | undefined;
}

/** What `up` is to do beyond the files; what is left out is as with the command without flags. */
export interface UpOptions extends Partial<Omit<UpPolicy, 'care'>>, ChangeOptions {
  /** Numbers of replicas that count instead of those of the files, by service. */
  readonly scale?: Readonly<Record<string, number>> | undefined;
}

/** What `down` is to do beyond the default: containers and networks go, volumes, images and orphans stay. */
export interface DownOptions extends Partial<DownPolicy>, ChangeOptions {}

/** How a program runs in a container, beyond its command. */
export interface ProgramOptions extends OperationOptions {
  /** What it reads from its standard input; without it there is none. */
  readonly input?: string | Uint8Array | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly user?: string | undefined;
  /** Absolute path in the container. */
  readonly workingDir?: string | undefined;
  /** Called with each piece of output as it comes. */
  readonly onOutput?: ((stream: 'stdout' | 'stderr', data: Uint8Array) => void) | undefined;
}

export interface ExecOptions extends ProgramOptions {
  /** Number of the replica; without it the lowest that runs. */
  readonly index?: number | undefined;
}

export interface RunOptions extends ProgramOptions, ChangeOptions {
  /** `keep`: its container is still there when it has ended. Without it, it is removed. */
  readonly whenEnded?: 'keep' | 'remove' | undefined;
  /** Whether what it depends on is brought up first; it is, without it. */
  readonly dependencies?: UpPolicy['dependencies'] | undefined;
}

/** What of the logs is wanted; without any, all that has been written so far. */
export interface LogOptions extends OperationOptions {
  /** Empty: all. */
  readonly services?: readonly string[] | undefined;
  /** Number of the replica; without it, all. */
  readonly index?: number | undefined;
  /** True: goes on with what will be written, through restarts, recreations and scaling, until all have ended. */
  readonly follow?: boolean | undefined;
  /** So many lines of the past of each container. */
  readonly tail?: number | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

export interface EventOptions extends OperationOptions {
  /** Empty: all, and networks and volumes too. */
  readonly services?: readonly string[] | undefined;
  /** Past events from then on come first. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}
