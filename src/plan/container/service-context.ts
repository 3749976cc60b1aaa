import type { DependencyGraph } from '../../graph/dependency-graph.js';
import type { ContainerRef } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { PlanTools, UpPolicy } from '../policy.js';
import type { ContainerIndex } from './container-index.js';
import type { ServiceDecision } from './decide-services.js';

/** Steps that were planned so far, by what they make. */
export interface MadeBefore {
  /** By engine name. */
  readonly networks: ReadonlyMap<string, number>;
  /** Moves of containers to networks that are made anew, by container id. */
  readonly connects: ReadonlyMap<string, readonly number[]>;
  /** By engine name. */
  readonly volumes: ReadonlyMap<string, number>;
  /** By reference. */
  readonly images: ReadonlyMap<string, number>;
  /** Stops of running containers that restart because of a dependency, by container id. */
  readonly stops: ReadonlyMap<string, number>;
  /** By what is waited for; filled as services are planned. */
  readonly waits: Map<string, number>;
  /** By service name; filled as services are planned. */
  readonly services: Map<string, PlannedService>;
}

export interface PlannedService {
  /** All containers that the service will have, by number. */
  readonly containers: readonly ContainerRef[];
  /** Steps that start some of them. */
  readonly starts: readonly number[];
  /** Ids of those that stay as they are, so that nobody may wait for them. */
  readonly held?: ReadonlySet<string>;
}

export interface ServiceContext {
  readonly project: Project;
  readonly graph: DependencyGraph;
  readonly containers: ContainerIndex;
  readonly policy: UpPolicy;
  readonly tools: PlanTools;
  readonly decisions: ReadonlyMap<string, ServiceDecision>;
  readonly made: MadeBefore;
}
