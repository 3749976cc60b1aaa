import { finalNameOf } from '../../model/names.js';
import type { Step } from '../../model/plan.js';
import { stepJson } from '../../plan/text/plan-json.js';
import type { EventStep } from './progress-document.js';

/** A step with its reason. */
export function eventStep(step: Step): EventStep {
  return { ...ongoingStep(step), reason: stepJson(step).reason };
}

/** A step of which more has been told before. */
export function ongoingStep(step: Step): EventStep {
  const { id, kind, title, service, replaces } = stepJson(step);
  return {
    id,
    kind,
    title,
    ...(service === undefined ? {} : { service }),
    ...resourceOf(step),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

/** What it is done to, by its name. A replacement goes by the name that it will have. */
function resourceOf(
  step: Step,
): Pick<EventStep, 'container' | 'containers' | 'network' | 'volume' | 'image'> {
  switch (step.kind) {
    case 'create-network':
      return { network: step.network.name };
    case 'remove-network':
      return { network: step.name };
    case 'connect-network':
      return { container: step.container.name, network: step.endpoint.network };
    case 'disconnect-network':
      return { container: step.container.name, network: step.network };
    case 'create-volume':
      return { volume: step.volume.name };
    case 'remove-volume':
      return { volume: step.name };
    case 'pull-image':
    case 'push-image':
    case 'remove-image':
      return { image: step.reference };
    case 'build-image':
      return step.build.names[0] === undefined ? {} : { image: step.build.names[0] };
    case 'create-container':
    case 'run-pre-start':
      return { container: finalNameOf(step.spec.name) ?? step.spec.name };
    case 'rename-container':
      return { container: step.name };
    case 'prepare-model':
    case 'run-provider':
      return {};
    case 'wait':
      return { containers: step.containers.map(({ name }) => name) };
    default:
      return { container: step.container.name };
  }
}
