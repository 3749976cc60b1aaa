import { finalNameOf } from '../../model/names.js';
import type { ContainerRef, Step } from '../../model/plan.js';
import { redactText } from '../../model/redact.js';

/** What a step does and to what, as a plan shows it. */
export function stepTitle(step: Step): string {
  switch (step.kind) {
    case 'create-network':
      return `create network ${step.network.name}`;
    case 'remove-network':
      return `remove network ${step.name}`;
    case 'connect-network':
      return `connect ${refName(step.container)} to ${step.endpoint.network}`;
    case 'disconnect-network':
      return `disconnect ${refName(step.container)} from ${step.network}`;
    case 'create-volume':
      return `create volume ${step.volume.name}`;
    case 'remove-volume':
      return `remove volume ${step.name}`;
    case 'pull-image':
      return `pull image ${step.reference}`;
    case 'build-image':
      return `build image ${step.build.names[0] ?? step.service}`;
    case 'push-image':
      return `push image ${step.reference}`;
    case 'remove-image':
      return `remove image ${step.reference}`;
    case 'create-container':
      return `create container ${finalNameOf(step.spec.name) ?? step.spec.name}`;
    case 'start-container':
      return `start container ${refName(step.container)}`;
    case 'stop-container':
      return `stop container ${refName(step.container)}`;
    case 'restart-container':
      return `restart container ${refName(step.container)}`;
    case 'pause-container':
      return `pause container ${refName(step.container)}`;
    case 'unpause-container':
      return `unpause container ${refName(step.container)}`;
    case 'kill-container':
      return `send ${step.unixSignal} to container ${refName(step.container)}`;
    case 'remove-container':
      return `remove container ${refName(step.container)}`;
    case 'rename-container':
      return `rename container to ${step.name}`;
    case 'update-container':
      return `update limits of container ${refName(step.container)}`;
    case 'write-files':
      return `write ${step.files.map(({ path }) => path).join(', ')} into ${refName(step.container)}`;
    case 'run-pre-start':
      return `run pre_start[${step.index}] of ${step.service}: ${redactText(step.hook.command.join(' ')) || step.spec.service.image}`;
    case 'prepare-model':
      return `prepare model ${step.model.model}`;
    case 'run-provider':
      return `run provider ${step.provider.type} of ${step.service}: ${step.action}`;
    case 'run-hook':
      return `run ${step.phase} hook in ${refName(step.container)}: ${redactText(step.hook.command.join(' '))}`;
    case 'wait':
      return `wait for ${step.service ?? step.containers.map(refName).join(', ')} ${conditionWords[step.condition]}`;
  }
}

const conditionWords = {
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
  running_or_healthy: 'running or healthy',
} as const;

function refName(ref: ContainerRef): string {
  return ref.name;
}
