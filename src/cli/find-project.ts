import { projectByName } from '../compose.js';
import type { Engine } from '../engine/engine.js';
import type { Project } from '../model/project.js';
import { ConfigError } from '../problems/errors.js';
import type { CommandContext } from './command-context.js';
import { nameWithInstance } from './instances.js';

/** A project, and what it was made from. */
export interface FoundProject {
  readonly project: Project;
  /** `labels`: only its name was known, so that it is what runs under it. */
  readonly source: 'files' | 'labels';
}

/**
 * The project for commands that work on what runs. A name without files means the labels alone; without either, the
 * files decide, and COMPOSE_PROJECT_NAME helps where there are none.
 */
export async function locateProject(context: CommandContext, engine: Engine): Promise<FoundProject> {
  const { projectName, file } = context.globals;
  const byName = async (name: string): Promise<FoundProject> => ({
    project: await projectByName(await nameWithInstance(context, name.toLowerCase()), { engine }),
    source: 'labels',
  });
  if (projectName !== undefined && context.isByName()) return byName(projectName);
  try {
    return { project: await context.loadProject(), source: 'files' };
  } catch (error) {
    const name = projectName ?? context.io.environment.get('COMPOSE_PROJECT_NAME');
    const hasNoFile = error instanceof ConfigError && error.code === 'config/not-found';
    if (!hasNoFile || name === undefined || file.length > 0) throw error;
    return byName(name);
  }
}

/** The same for those who need not know where it comes from. */
export async function findProject(context: CommandContext, engine: Engine): Promise<Project> {
  return (await locateProject(context, engine)).project;
}
