import type { ContainerSpec } from '../model/container-spec.js';
import type { ObservedContainerDetails } from '../model/observed.js';
import type { GrantedFile } from '../model/plan.js';
import { CancelledError, HookError } from '../problems/errors.js';
import { withName } from './name-container.js';
import type { StepContext } from './step-context.js';
import { waitFailure } from './wait-failure.js';

export interface PreStart {
  readonly spec: ContainerSpec<string>;
  readonly index: number;
  readonly files: readonly GrantedFile[];
}

/**
 * Runs one pre_start step in a container of its own and waits for its end. A container that ended well goes; one that
 * failed stays, for a look at it, and HookError tells where; one whose run is cancelled goes with it.
 */
export async function runPreStart(step: PreStart, context: StepContext): Promise<void> {
  const { engine, signal } = context;
  const id = await engine.createContainer(step.spec, signal);
  const remove = () => engine.removeContainer(id, { anonymousVolumes: 'remove' });
  let end: ObservedContainerDetails;
  try {
    if (step.files.length > 0) await engine.writeFiles(id, step.files, signal);
    end = await runToEnd(id, context);
  } catch (error) {
    // Never started, or not to go on: there is nothing in it that anybody would want to see.
    await remove().catch(() => {});
    throw withName(error, { kind: 'existing', id, name: step.spec.name }, new Map());
  }
  if (end.exitCode !== 0) throw await failure(id, step, end, context);
  await remove();
}

async function runToEnd(
  id: string,
  { engine, watch, signal, drain }: StepContext,
): Promise<ObservedContainerDetails> {
  const stop = drain === undefined ? signal : AbortSignal.any([signal, drain]);
  await engine.startContainer(id, signal);
  const look = async () => {
    const details = await engine.inspectContainer(id, stop);
    return details.state === 'exited' || details.state === 'dead' ? details : undefined;
  };
  try {
    return await watch.until(new Set([id]), look, stop);
  } catch (error) {
    throw stop.aborted ? new CancelledError() : error;
  }
}

async function failure(
  id: string,
  { spec, index }: PreStart,
  end: ObservedContainerDetails,
  { engine, signal }: StepContext,
): Promise<HookError> {
  const { name, service } = spec;
  const message = `service "${service.name}" pre_start[${index}] exited with code ${end.exitCode}`;
  const { evidence } = await waitFailure({ id, name, service: service.name }, message, end, engine, signal);
  return new HookError(name, message, {
    evidence,
    hint: `its container ${name} is kept for a look at it; the next up removes it`,
  });
}
