import type { Engine } from '../engine/engine.js';
import type { HostPrograms } from '../model/host-programs.js';
import type { ProgressEvent } from '../model/progress.js';
import type { ContainerWatch } from './container-watch.js';

/** What a step has at hand while it runs. */
export interface StepContext {
  readonly engine: Engine;
  readonly watch: ContainerWatch;
  readonly project: string;
  /** undefined: programs of the host must not be run. */
  readonly programs: HostPrograms | undefined;
  /** Ids of the containers that earlier steps created, by step id. */
  readonly created: ReadonlyMap<number, string>;
  readonly signal: AbortSignal;
  readonly drain: AbortSignal | undefined;
  emitPart(part: Omit<Extract<ProgressEvent, { kind: 'step-progress' }>, 'kind' | 'step' | 'atMs'>): void;
}

export interface StepEffect {
  readonly createdId?: string;
  /** Variables for the services that depend on this one. */
  readonly provided?: { readonly source: string; readonly variables: ReadonlyMap<string, string> };
  /** It was done, but the person should know something. */
  readonly warning?: string;
}
