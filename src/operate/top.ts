import type { Engine } from '../engine/engine.js';
import { isUp } from '../model/is-up.js';
import type { ContainerProcesses } from '../model/looks.js';
import { EngineError } from '../problems/errors.js';

export interface ServicesOfProject {
  readonly project: string;
  /** Empty: all. */
  readonly services: readonly string[];
}

/** Processes of the containers that run, one-offs too, by name of the container. */
export async function listProcesses(
  engine: Engine,
  { project, services }: ServicesOfProject,
  signal?: AbortSignal,
): Promise<ContainerProcesses[]> {
  const containers = (await engine.listContainers(project, signal)).filter(
    (container) => isUp(container) && (services.length === 0 || services.includes(container.service)),
  );
  const tables = await Promise.all(
    containers.map(async ({ id, name, service, number }) => {
      const table = await processesOf(engine, id, signal);
      return table === undefined ? [] : [{ container: name, service, number, ...table }];
    }),
  );
  return tables.flat();
}

/** Undefined when the container has ended meanwhile, or is just starting anew. */
async function processesOf(engine: Engine, id: string, signal: AbortSignal | undefined) {
  try {
    return await engine.looks.readProcesses(id, signal);
  } catch (error) {
    if (error instanceof EngineError && ['conflict', 'not-found'].includes(error.kind)) return undefined;
    throw error;
  }
}
