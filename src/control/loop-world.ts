import type { ApplyResult } from '../model/apply-result.js';
import type { WakeReason } from '../model/control.js';
import type { ObservedContainerDetails, ObservedState } from '../model/observed.js';
import type { Plan } from '../model/plan.js';
import type { EmitProgress } from '../model/progress.js';
import type { Project } from '../model/project.js';
import type { ContainerCare } from '../plan/policy.js';
import type { TimerClock } from './timer-clock.js';

/** Everything that the control loop does, as functions: it knows neither files nor engines. */
export interface LoopWorld {
  /** Reads the files; what is wrong with them is the error. Throws only for what is not about the files. */
  load(signal: AbortSignal): Promise<Loaded>;
  /** Does something while no other command changes the project. */
  hold<T>(project: Project, body: () => Promise<T>): Promise<T>;
  observe(project: Project, signal: AbortSignal): Promise<ObservedState>;
  /** A closer look at one container; undefined: it is gone. */
  inspect(id: string, signal: AbortSignal): Promise<ObservedContainerDetails | undefined>;
  /** Only for these services, in any order; never empty. Throws what planning throws. */
  plan(request: PlanRequest, signal: AbortSignal): Promise<Plan>;
  /** Throws ApplyError when steps fail. */
  apply(plan: Plan, project: Project, signal: AbortSignal): Promise<ApplyResult>;
  /** Tells why to look again, `begin` first, until `signal` is aborted. Throws when it cannot begin. */
  listen(tell: (reason: WakeReason) => void, signal: AbortSignal): Promise<void>;
  readonly clock: TimerClock;
  readonly emit: EmitProgress;
  /** `report`: says what differs, and changes nothing. */
  readonly drift: 'repair' | 'report';
}

export type Loaded =
  | {
      readonly ok: true;
      readonly project: Project;
      /** Services that the loop keeps, in dependency order. */
      readonly scope: readonly string[];
    }
  | { readonly ok: false; readonly error: Error };

export interface PlanRequest {
  readonly project: Project;
  readonly observed: ObservedState;
  readonly services: readonly string[];
  readonly care: ContainerCare;
}
