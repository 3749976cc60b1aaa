import type { Engine } from '../engine/engine.js';
import type { Retry } from '../engine/registry-retry.js';
import type { BuildProgress } from '../model/build.js';
import type { BuildPlaces } from '../model/build-places.js';
import type { HostPrograms } from '../model/host-programs.js';
import type { Patience } from '../model/patience.js';
import type { ProgressEvent } from '../model/progress.js';
import type { TransferEnd } from '../model/transfer.js';
import type { ContainerWatch } from './container-watch.js';

/** What a step has at hand while it runs. */
export interface StepContext {
  readonly engine: Engine;
  readonly watch: ContainerWatch;
  readonly project: string;
  /** undefined: programs of the host must not be run. */
  readonly programs: HostPrograms | undefined;
  /** undefined: there is nothing that builds could read. */
  readonly buildPlaces: BuildPlaces | undefined;
  /** Ids of the containers that earlier steps created, by step id. */
  readonly created: ReadonlyMap<number, string>;
  /** Ids of the containers that were there before and that the plan removes. */
  readonly leaving: ReadonlySet<string>;
  /** undefined: with the time of this machine. */
  readonly patience: Patience | undefined;
  readonly signal: AbortSignal;
  readonly drain: AbortSignal | undefined;
  emitBuild(progress: BuildProgress): void;
  emitRetry(retry: Retry): void;
  emitPart(part: Omit<Extract<ProgressEvent, { kind: 'step-progress' }>, 'kind' | 'step' | 'atMs'>): void;
}

export interface StepEffect {
  readonly createdId?: string;
  /** Variables for the services that depend on this one. */
  readonly provided?: { readonly source: string; readonly variables: ReadonlyMap<string, string> };
  /** Of pulling and pushing: how much it was. */
  readonly transferred?: TransferEnd;
  /** It was done, but the person should know something. */
  readonly warning?: string;
}
