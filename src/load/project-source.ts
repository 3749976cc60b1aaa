import type { InstanceSpec } from '../model/instance.js';
import { type NameSeparator, withInstance } from '../model/names.js';
import type { CodeScope } from './code/read-code.js';
import { discoverFiles, foundAbove, projectDirectoryOf, startDirectory } from './discover.js';
import { autoInstance } from './instance/instance-name.js';
import { askedInstance, instanceVariable, resolveInstance } from './instance/resolve-instance.js';
import type { LoadRequest } from './load-io.js';
import { lockPathOf } from './lock/use-lock.js';
import { isSwitchedOn } from './lookup.js';
import type { ProblemList } from './problem-list.js';
import { namedEnvFiles, readEnvironment } from './project-environment.js';
import { projectNameOf } from './project-name.js';
import type { SourceReader } from './source-reader.js';
import type { TreeNode } from './tree-node.js';

/** Where a project comes from. */
export interface ProjectSource {
  /** With the instance in it, if it is one. */
  readonly name: string;
  /** Its ports are known once the files are read. */
  readonly instance?: InstanceSpec | undefined;
  readonly nameSeparator: NameSeparator;
  readonly workingDir: string;
  /** Absolute, in merge order; `<stdin>` for standard input. */
  readonly configFiles: readonly string[];
  /** Absolute paths of env files that were named. */
  readonly environmentFiles: readonly string[];
  /** Absolute path of the lock of these files, whether it is there or not. */
  readonly lockPath: string;
  /** Variables for interpolation. */
  readonly environment: ReadonlyMap<string, string>;
}

/**
 * The first stage of a load: files, directory, environment and name. `ports` are variables of ports that are known by
 * now. Undefined after a problem was reported.
 */
export async function readSource(
  request: LoadRequest,
  reader: SourceReader,
  problems: ProblemList,
  ports: ReadonlyMap<string, string> = new Map(),
): Promise<ProjectSource | undefined> {
  const { io } = reader;
  const environmentFiles = namedEnvFiles(request, io);
  const start = startDirectory(request, io);
  const early = await readEnvironment(start, environmentFiles, reader, problems);
  if (problems.hasErrors) return undefined;
  const configFiles = await discoverFiles(request, io, early, problems, reader.remote);
  if (configFiles === undefined) return undefined;
  reader.foundAbove = foundAbove(configFiles, request, io, early);
  const workingDir = projectDirectoryOf(request, configFiles, io);
  const late =
    workingDir === start || environmentFiles.length > 0
      ? early
      : await readEnvironment(workingDir, [], reader, problems);
  const environment = new Map([['PWD', io.cwd], ...late, ...early]);
  if (problems.hasErrors) return undefined;
  const known = new Map([...environment, ...ports]);
  const documents = await documentsOf(configFiles, reader, codeScope(known, askedName(request, environment)));
  const base = projectNameOf(request, documents, environment, [workingDir, io.cwd], problems);
  if (base === undefined) return undefined;
  const asked = askedInstance(request, environment);
  const instance = await resolveInstance(asked, base, workingDir, io, problems);
  if (asked !== undefined && instance === undefined) return undefined;
  const name = instance === undefined ? base : withInstance(base, instance.name);
  environment.set('COMPOSE_PROJECT_NAME', name);
  if (instance !== undefined) {
    environment.set(instanceVariable, instance.name);
    await reader.runAgain(codeScope(known, instance.name));
  }
  for (const [variable, port] of ports) environment.set(variable, port);
  return {
    name,
    ...(instance === undefined ? {} : { instance: { ...instance, ports: [] } }),
    nameSeparator: isCompatible(request, environment) ? '_' : '-',
    workingDir,
    configFiles,
    environmentFiles,
    lockPath: lockPathOf(configFiles, workingDir, reader),
    environment,
  };
}

async function documentsOf(
  files: readonly string[],
  reader: SourceReader,
  scope: CodeScope,
): Promise<TreeNode[]> {
  const documents: TreeNode[] = [];
  for (const file of files) documents.push(...((await reader.documents(file, undefined, scope)) ?? []));
  return documents;
}

/** The instance, as far as it is known before the name of the project is. */
function askedName(request: LoadRequest, environment: ReadonlyMap<string, string>): string | undefined {
  const asked = askedInstance(request, environment);
  return asked === autoInstance ? undefined : asked;
}

function codeScope(known: ReadonlyMap<string, string>, instance: string | undefined): CodeScope {
  const environment = new Map(known);
  if (instance === undefined) environment.delete(instanceVariable);
  else environment.set(instanceVariable, instance);
  return { environment, includedFrom: [] };
}

/** Whether names and output are to be as in Compose version 1: `--compatibility` or its variable. */
function isCompatible({ style }: LoadRequest, environment: ReadonlyMap<string, string>): boolean {
  return style === 'compatible' || isSwitchedOn(environment, 'COMPOSE_COMPATIBILITY');
}
