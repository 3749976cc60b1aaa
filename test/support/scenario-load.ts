import { nodeLoadIo } from '../../src/client/node-load-io.js';
import { loadProject } from '../../src/load/load-project.js';
import type { Project } from '../../src/model/project.js';
import { ConfigError } from '../../src/problems/errors.js';
import type { Stack } from './scenario-stack.js';

/** The project of a stack's Compose file, for scenarios that use the library. */
export async function loadStack({ folder, project: projectName }: Stack): Promise<Project> {
  const request = { files: [], projectName, envFiles: [], profiles: [], services: [] };
  const io = nodeLoadIo(new Map(), folder, folder);
  const result = await loadProject({ ...request, keepUnusedResources: false }, io);
  if (!result.ok) throw new ConfigError(result.diagnostics);
  return result.project;
}
