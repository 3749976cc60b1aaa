import type { ContainerRef } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { PlanTools } from '../policy.js';
import { existing } from '../step/plan-removal.js';
import type { ContainerIndex } from './container-index.js';
import type { ContainerContext } from './container-spec.js';
import type { MadeBefore } from './service-context.js';

/** The containers of other services, as far as they are known by now. */
export function neighbours({
  project,
  containers,
  tools,
  made,
}: {
  readonly project: Project;
  readonly containers: ContainerIndex;
  readonly tools: PlanTools;
  readonly made: Pick<MadeBefore, 'services'>;
}): Omit<ContainerContext, 'fingerprint' | 'imageId'> {
  const containersOf = (service: string): readonly ContainerRef[] =>
    made.services.get(service)?.containers ?? containers.replicasOf(service).map(existing);
  return {
    project,
    tools,
    refTo: (service) => containersOf(service)[0] ?? { kind: 'existing', id: '', name: service },
    containerNamesOf: (service) => containersOf(service).map((ref) => ref.name),
  };
}
