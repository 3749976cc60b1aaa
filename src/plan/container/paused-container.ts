import type { ObservedContainer } from '../../model/observed.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { Diagnostic } from '../../problems/diagnostic.js';

/** Somebody froze it on purpose: to wake it is for a person to decide, and the engine refuses to start it. */
export function pausedContainer(
  { name }: ObservedContainer,
  service: ServiceSpec,
  project: Project,
): Diagnostic {
  const span = project.origins.spanOf(['services', service.name]);
  return {
    code: 'engine/container-paused',
    severity: 'error',
    message: `container ${name} of service "${service.name}" is paused`,
    ...(span === undefined ? {} : { span }),
    hint: `wake it with "unpause ${service.name}", or replace it with "up --force-recreate ${service.name}"`,
  };
}
