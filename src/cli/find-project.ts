import { projectByName } from '../compose.js';
import type { Engine } from '../engine/engine.js';
import type { Project } from '../model/project.js';
import { ConfigError } from '../problems/errors.js';
import type { CommandContext } from './command-context.js';

/**
 * The project for commands that work on what runs. A name without files means the labels alone; without either, the
 * files decide, and COMPOSE_PROJECT_NAME helps where there are none.
 */
export async function findProject(context: CommandContext, engine: Engine): Promise<Project> {
  const { projectName, file } = context.globals;
  if (projectName !== undefined && context.isByName()) {
    return projectByName(projectName.toLowerCase(), { engine });
  }
  try {
    return await context.loadProject();
  } catch (error) {
    const name = projectName ?? context.io.environment.get('COMPOSE_PROJECT_NAME');
    const hasNoFile = error instanceof ConfigError && error.code === 'config/not-found';
    if (!hasNoFile || name === undefined || file.length > 0) throw error;
    return projectByName(name.toLowerCase(), { engine });
  }
}
