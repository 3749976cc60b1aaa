import type { Engine } from '../engine/engine.js';
import { publishersOf } from '../engine/published-ports.js';
import { composeLabel } from '../model/labels.js';
import type { Step } from '../model/plan.js';
import { EngineError } from '../problems/errors.js';

/**
 * Who has the port or the name that a step wanted, a line each. That is a courtesy: when the engine cannot say, the
 * failure is told without it.
 */
export async function whoHolds(error: Error, step: Step, engine: Engine): Promise<string[]> {
  if (!(error instanceof EngineError)) return [];
  const port = portOf(error);
  try {
    if (port !== undefined) return await holdersOf(port, engine);
    return error.kind === 'name-taken' ? await namesakesOf(step, engine) : [];
  } catch {
    return [];
  }
}

/** The port of the host that is taken. */
export function portOf(error: Error): number | undefined {
  if (!(error instanceof EngineError) || error.kind !== 'port-taken') return undefined;
  const port = /port (\d+)/.exec(error.message)?.[1];
  return port === undefined ? undefined : Number(port);
}

async function holdersOf(port: number, engine: Engine): Promise<string[]> {
  const publishers = publishersOf(port, await engine.machine.listPublishedPorts());
  if (publishers.length === 0) return [`port ${port} is held by a program outside of the engine`];
  return publishers.map(
    ({ name, project }) =>
      `port ${port} is held by container ${name}${project === undefined ? '' : ` of project ${project}`}`,
  );
}

async function namesakesOf(step: Step, engine: Engine): Promise<string[]> {
  if (step.kind !== 'create-container') return [];
  const all = await engine.looks.listAllContainers();
  return all
    .filter(({ name }) => name === step.spec.name)
    .map(({ labels, name }) => `${name} is a container of project ${labels.get(composeLabel.project)}`);
}
