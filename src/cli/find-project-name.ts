import type { CommandContext } from './command-context.js';
import { isAutoInstance, nameWithInstance } from './instances.js';

/**
 * Name of the project for commands that need nothing else of it: when it is given, no file is read; a file that is
 * broken or gone does not keep people from their containers.
 */
export async function findProjectName(context: CommandContext): Promise<string> {
  const given = context.globals.projectName ?? context.io.environment.get('COMPOSE_PROJECT_NAME');
  const isEnough = given !== undefined && given !== '' && !isAutoInstance(context);
  if (isEnough) return nameWithInstance(context, given.toLowerCase());
  return (await context.loadProject()).name;
}
