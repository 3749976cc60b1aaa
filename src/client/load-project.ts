import type { Engine } from '../engine/engine.js';
import { withAbortableCode } from '../load/code/abortable-code.js';
import type { LoadIo } from '../load/load-io.js';
import { loadProject as loadModel } from '../load/load-project.js';
import { given } from '../model/given.js';
import { ConfigError } from '../problems/errors.js';
import { ComposeProject } from './compose-project.js';
import { type ConnectOptions, connect } from './connect.js';
import { EngineLink } from './engine-link.js';
import { instancesOf } from './instances.js';
import { definitionOf, filesOf, type ProjectSource, textOfDefinition } from './project-source.js';
import { type Surroundings, type SurroundingsRequest, thisProcess } from './this-process.js';

/** Which project, beside its files. */
export interface ProjectOptions
  extends SurroundingsRequest,
    Pick<ConnectOptions, 'host' | 'context' | 'onWarning'> {
  /** Name of the project; without it, that of the files, else of COMPOSE_PROJECT_NAME, else of their directory. */
  readonly name?: string | undefined;
  /** Where relative paths begin; without it, the directory of the first file. */
  readonly directory?: string | undefined;
  /**
   * One of several copies side by side, with names and host ports of its own: a name, or `auto` for that of the work
   * tree; without it, TSCOMPOSE_INSTANCE. Which ports are free is asked of the engine, if one answers.
   */
  readonly instance?: string | undefined;
  readonly profiles?: readonly string[] | undefined;
  /** Instead of `.env`. */
  readonly envFiles?: readonly string[] | undefined;
  /** A connection of yours, which the project leaves open; without it the project connects when it has to. */
  readonly engine?: Engine | undefined;
  /** Ends the loading. Only a file that is code can take long. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Loads a project from its files, or from a definition; without either, from the files that the `tscompose` command
 * would find. Throws ConfigError with everything that is wrong with them (`diagnostics`), each with its place, or
 * CancelledError. Asks no engine.
 */
export async function loadProject<Service extends string = string>(
  source: ProjectSource<Service> = [],
  options: ProjectOptions = {},
): Promise<ComposeProject<Service>> {
  return loadProjectIn(thisProcess(options), source, options);
}

/** The same where something of this process is different. */
export async function loadProjectIn<Service extends string = string>(
  surroundings: Surroundings,
  source: ProjectSource<Service>,
  options: ProjectOptions,
): Promise<ComposeProject<Service>> {
  const { name: projectName, directory: projectDirectory, instance, profiles = [], envFiles = [] } = options;
  const request = {
    files: filesOf(source) ?? ['-'],
    envFiles,
    profiles,
    services: [],
    keepUnusedResources: false,
    ports: 'free',
    ...given({ projectName, projectDirectory, instance }),
  } as const;
  const link = new EngineLink(options.engine, () => connect(options));
  const load = { instances: instancesOf(surroundings, link), ...inputOf(source, surroundings, instance) };
  const loaded = await loadModel(request, withAbortableCode(load, options.signal)).catch(async (error) => {
    await link.close();
    throw error;
  });
  if (!loaded.ok) {
    await link.close();
    throw new ConfigError(loaded.diagnostics);
  }
  const { project: model, warnings } = loaded;
  return new ComposeProject({ model, warnings, request, surroundings: { ...surroundings, load }, link });
}

/** A definition is read as if it came over standard input, whenever the project is loaded again. */
function inputOf(
  source: ProjectSource,
  { load, environment }: Surroundings,
  instance: string | undefined,
): LoadIo {
  const definition = definitionOf(source, environment, instance);
  return definition === undefined ? load : { ...load, readStdin: async () => textOfDefinition(definition) };
}
