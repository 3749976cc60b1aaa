import type { Engine } from '../engine/engine.js';
import type { MovedPort } from '../model/instance.js';
import type { ObservedContainer } from '../model/observed.js';
import { ConfigError } from '../problems/errors.js';
import { unknownService } from '../problems/unknown-service.js';
import type { CommandContext } from './command-context.js';
import { nameWithInstance } from './instances.js';

/** A project as far as looking at it needs it. */
export interface LookedAtProject {
  readonly name: string;
  /** Services of the files, those without an active profile too; undefined when only the name is known. */
  readonly services: ReadonlySet<string> | undefined;
  /** Where fixed host ports of the files went; empty: nowhere, or only the name is known. */
  readonly movedPorts: readonly MovedPort[];
}

/**
 * The project for commands that look: a name without files is enough; otherwise the files decide, and
 * COMPOSE_PROJECT_NAME helps where there are none. Asks the engine nothing.
 */
export async function lookProject(context: CommandContext): Promise<LookedAtProject> {
  const { projectName, file } = context.globals;
  const byName = async (name: string): Promise<LookedAtProject> => ({
    name: await nameWithInstance(context, name.toLowerCase()),
    services: undefined,
    movedPorts: [],
  });
  if (projectName !== undefined && context.isByName()) return byName(projectName);
  try {
    const { name, services, inactiveServices, instance } = await context.loadProject();
    const known = new Set([...services.keys(), ...inactiveServices.keys()]);
    return { name, services: known, movedPorts: instance?.ports ?? [] };
  } catch (error) {
    const name = projectName ?? context.io.environment.get('COMPOSE_PROJECT_NAME');
    const hasNoFile = error instanceof ConfigError && error.code === 'config/not-found';
    if (!hasNoFile || name === undefined || file.length > 0) throw error;
    return byName(name);
  }
}

/** Throws UsageError for a service that neither the files nor any container knows. */
export function checkServices(
  names: readonly string[],
  { services }: LookedAtProject,
  containers: readonly ObservedContainer[],
): void {
  for (const name of names) {
    if (services?.has(name) === true || containers.some(({ service }) => service === name)) continue;
    throw unknownService(name, [...(services ?? []), ...containers.map(({ service }) => service)].sort());
  }
}

/** The same for commands that need the containers for nothing else: asks the engine only when the files do not know. */
export async function checkServiceNames(
  names: readonly string[],
  project: LookedAtProject,
  engine: Engine,
): Promise<void> {
  if (names.every((name) => project.services?.has(name) === true)) return;
  checkServices(names, project, await engine.listContainers(project.name));
}
