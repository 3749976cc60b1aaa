import type { Engine } from '../engine/engine.js';
import { composeLabel } from '../model/labels.js';
import type { ObservedContainer } from '../model/observed.js';
import { EngineError } from '../problems/errors.js';
import type { StepEffect } from './run-step.js';

/** What is to be removed, with how to tell who uses it. */
export interface Removable {
  /** `network app_default`. */
  readonly name: string;
  /** Whether a container keeps it from being removed. */
  isUsedBy(container: ObservedContainer): boolean;
}

interface RemovalTools {
  readonly whenInUse: 'fail' | 'keep';
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

/**
 * Removes something that others may use. Then it stays, and who uses it is told: in a warning, or with the failure if
 * it was to go in any case. Throws EngineError.
 */
export async function removeUnlessUsed(
  removable: Removable,
  remove: () => Promise<void>,
  { whenInUse, engine, signal }: RemovalTools,
): Promise<StepEffect> {
  try {
    await remove();
    return {};
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind !== 'in-use') throw error;
    const holders = await holdersOf(removable, engine, signal);
    if (whenInUse === 'keep') {
      const by = holders.length === 0 ? '' : ` by ${holders.join(', ')}`;
      return { warning: `${removable.name}: resource is still in use${by}` };
    }
    throw withHolders(error, removable, holders);
  }
}

/** A network is held by what runs in it. */
export function networkToRemove(name: string, networkId: string): Removable {
  return {
    name: `network ${name}`,
    isUsedBy: ({ state, networks }) =>
      ['running', 'paused', 'restarting'].includes(state) &&
      [...networks.values()].some((endpoint) => endpoint.networkId === networkId),
  };
}

/** A volume is held by every container that was made with it. */
export function volumeToRemove(name: string): Removable {
  return {
    name: `volume ${name}`,
    isUsedBy: ({ mounts }) => mounts.some(({ volumeName }) => volumeName === name),
  };
}

export function imageToRemove(reference: string): Removable {
  return {
    name: `image ${reference}`,
    isUsedBy: ({ image, imageId }) => image === reference || imageId === reference,
  };
}

/** `container guest of project other`. A courtesy: when the engine cannot say, it is told without. */
async function holdersOf(removable: Removable, engine: Engine, signal: AbortSignal): Promise<string[]> {
  try {
    const containers = await engine.looks.listAllContainers(signal);
    return containers.filter((container) => removable.isUsedBy(container)).map(words);
  } catch {
    return [];
  }
}

function words({ name, labels }: ObservedContainer): string {
  const project = labels.get(composeLabel.project);
  return project === undefined ? `container ${name}` : `container ${name} of project ${project}`;
}

function withHolders(error: EngineError, { name }: Removable, holders: readonly string[]): EngineError {
  const { kind, message, operation, resource, status, cause } = error;
  return new EngineError(kind, message, {
    operation,
    cause,
    evidence: holders.map((holder) => `${name} is used by ${holder}`),
    ...(resource === undefined ? {} : { resource }),
    ...(status === undefined ? {} : { status }),
    ...(holders.length === 0 ? {} : { hint: 'stop or remove what uses it, and try again' }),
  });
}
