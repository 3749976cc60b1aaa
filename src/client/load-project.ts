import type { Engine } from '../engine/engine.js';
import { loadProject as loadModel } from '../load/load-project.js';
import { given } from '../model/given.js';
import { ConfigError } from '../problems/errors.js';
import { ComposeProject } from './compose-project.js';
import { type ConnectOptions, connect } from './connect.js';
import { EngineLink } from './engine-link.js';
import { type SurroundingsRequest, thisProcess } from './this-process.js';

/** Which project, beside its files. */
export interface ProjectOptions
  extends SurroundingsRequest,
    Pick<ConnectOptions, 'host' | 'context' | 'onWarning'> {
  /** Name of the project; without it, that of the files, else of COMPOSE_PROJECT_NAME, else of their directory. */
  readonly name?: string | undefined;
  /** Where relative paths begin; without it, the directory of the first file. */
  readonly directory?: string | undefined;
  readonly profiles?: readonly string[] | undefined;
  /** Instead of `.env`. */
  readonly envFiles?: readonly string[] | undefined;
  /** A connection of yours, which the project leaves open; without it the project connects when it has to. */
  readonly engine?: Engine | undefined;
}

/**
 * Loads a project from its files; without any, from those that the `tscompose` command would find. Throws ConfigError
 * with everything that is wrong with them (`diagnostics`), each with its place. Asks no engine.
 */
export async function loadProject(
  files: string | readonly string[] = [],
  options: ProjectOptions = {},
): Promise<ComposeProject> {
  const surroundings = thisProcess(options);
  const { name: projectName, directory: projectDirectory, profiles = [], envFiles = [], engine } = options;
  const request = {
    files: typeof files === 'string' ? [files] : files,
    envFiles,
    profiles,
    services: [],
    keepUnusedResources: false,
    ...given({ projectName, projectDirectory }),
  };
  const loaded = await loadModel(request, surroundings.load);
  if (!loaded.ok) throw new ConfigError(loaded.diagnostics);
  const { project: model, warnings } = loaded;
  const link = new EngineLink(engine, () => connect(options));
  return new ComposeProject({ model, warnings, request, surroundings, link });
}
