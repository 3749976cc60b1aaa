import type { NameSeparator } from '../model/names.js';
import type { ValuePath } from '../model/span.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { type BoundModel, bindModel } from './bind-model.js';
import { CheckContext } from './check/check-context.js';
import { checkCycles } from './check/check-cycles.js';
import { checkReferences } from './check/check-references.js';
import { checkServices } from './check/check-services.js';
import { discoverFiles, projectDirectoryOf, startDirectory } from './discover.js';
import { loadFiles } from './load-files.js';
import type { LoadIo, LoadRequest } from './load-io.js';
import { allStages, type LoadOptions } from './load-options.js';
import type { LoadFailure } from './load-result.js';
import { lockPathOf, useLock } from './lock/use-lock.js';
import { isSwitchedOn, lookupIn } from './lookup.js';
import { normalize } from './normalize.js';
import { ProblemList } from './problem-list.js';
import { namedEnvFiles, readEnvironment } from './project-environment.js';
import { projectNameOf } from './project-name.js';
import { impliedAt, Provenance } from './provenance.js';
import { confine } from './remote/confine.js';
import { resolveEnvFiles } from './resolve-env-files.js';
import { type Services, selectServices, splitByProfiles, withoutUnused } from './select-services.js';
import { SourceReader } from './source-reader.js';
import { reportIgnored } from './support/report-ignored.js';
import { type MapNode, scalarNode, type TreeNode, withEntry } from './tree-node.js';
import type { WireStruct } from './wire/wire-value.js';

/** Where a project comes from. */
export interface ProjectSource {
  readonly name: string;
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

/** A loaded project in canonical form, before it becomes a `Project`. */
export interface LoadedModel {
  readonly source: ProjectSource;
  /** The canonical located document. */
  readonly tree: MapNode;
  /** What the document means; absent when it was not interpolated, for then values may be anything. */
  readonly bound?: BoundModel;
  /** What was removed on the way, when the load recorded how values came into the model. */
  readonly provenance?: Provenance | undefined;
  /** Every service, whatever its profiles. */
  readonly allServices: Services;
}

export type LoadModelResult =
  | {
      readonly ok: true;
      readonly model: LoadedModel;
      readonly warnings: readonly Diagnostic[];
      readonly texts: ReadonlyMap<string, string>;
    }
  | LoadFailure;

/** Loads a project up to its canonical form. Never throws for bad input: every problem is a diagnostic. */
export async function loadModel(
  request: LoadRequest,
  io: LoadIo,
  options: LoadOptions = allStages,
): Promise<LoadModelResult> {
  const problems = new ProblemList();
  const provenance = options.provenance === 'record' ? new Provenance() : undefined;
  const reader = new SourceReader(io, problems, provenance, request.remote);
  const model = await new ModelLoad(request, options, reader, problems, provenance).run();
  const { texts } = reader;
  if (model === undefined || problems.hasErrors) return { ok: false, diagnostics: problems.sorted(), texts };
  return { ok: true, model, warnings: problems.sorted(), texts };
}

/** What `loadSource` gives. */
export type LoadSourceResult =
  | { readonly ok: true; readonly source: ProjectSource; readonly texts: ReadonlyMap<string, string> }
  | LoadFailure;

/** Where a project comes from, whatever else may be wrong with its files. */
export async function loadSource(request: LoadRequest, io: LoadIo): Promise<LoadSourceResult> {
  const problems = new ProblemList();
  const reader = new SourceReader(io, problems, undefined, request.remote);
  const source = await new ModelLoad(request, allStages, reader, problems, undefined).source();
  const { texts } = reader;
  return source === undefined
    ? { ok: false, diagnostics: problems.sorted(), texts }
    : { ok: true, source, texts };
}

/** Whether names and output are to be as in Compose version 1: `--compatibility` or its variable. */
function isCompatible({ style }: LoadRequest, environment: ReadonlyMap<string, string>): boolean {
  return style === 'compatible' || isSwitchedOn(environment, 'COMPOSE_COMPATIBILITY');
}

/** One load, from the request to the model; each method is a stage. */
class ModelLoad {
  readonly #request: LoadRequest;
  readonly #options: LoadOptions;
  readonly #reader: SourceReader;
  readonly #problems: ProblemList;
  readonly #provenance: Provenance | undefined;

  constructor(
    request: LoadRequest,
    options: LoadOptions,
    reader: SourceReader,
    problems: ProblemList,
    provenance: Provenance | undefined,
  ) {
    this.#request = request;
    this.#options = options;
    this.#reader = reader;
    this.#problems = problems;
    this.#provenance = provenance;
  }

  async run(): Promise<LoadedModel | undefined> {
    const source = await this.source();
    if (source === undefined) return undefined;
    const tree = await this.#loadTree(source);
    if (tree === undefined) return undefined;
    if (this.#options.interpolate === 'no') {
      return {
        source,
        tree,
        allServices: noServices,
        provenance: this.#provenance,
      };
    }
    return this.#bind(source, tree);
  }

  /** The first stage: files, directory, environment and name. */
  async source(): Promise<ProjectSource | undefined> {
    const { io } = this.#reader;
    const environmentFiles = namedEnvFiles(this.#request, io);
    const start = startDirectory(this.#request, io);
    const early = await readEnvironment(start, environmentFiles, this.#reader, this.#problems);
    if (this.#problems.hasErrors) return undefined;
    const configFiles = await discoverFiles(this.#request, io, early, this.#problems, this.#reader.remote);
    if (configFiles === undefined) return undefined;
    const workingDir = projectDirectoryOf(this.#request, configFiles, io);
    const late =
      workingDir === start || environmentFiles.length > 0
        ? early
        : await readEnvironment(workingDir, [], this.#reader, this.#problems);
    const environment = new Map([['PWD', io.cwd], ...late, ...early]);
    if (this.#problems.hasErrors) return undefined;
    const documents = await this.#documentsOf(configFiles);
    const directories = [workingDir, io.cwd];
    const name = projectNameOf(this.#request, documents, environment, directories, this.#problems);
    if (name === undefined) return undefined;
    environment.set('COMPOSE_PROJECT_NAME', name);
    const nameSeparator = isCompatible(this.#request, environment) ? '_' : '-';
    const lockPath = lockPathOf(configFiles, workingDir, this.#reader);
    return { name, nameSeparator, workingDir, configFiles, environmentFiles, lockPath, environment };
  }

  async #documentsOf(files: readonly string[]): Promise<TreeNode[]> {
    const documents: TreeNode[] = [];
    for (const file of files) documents.push(...((await this.#reader.documents(file)) ?? []));
    return documents;
  }

  /** The canonical document. */
  async #loadTree(source: ProjectSource): Promise<MapNode | undefined> {
    const files = source.configFiles.map((path) => ({ path }));
    const tree = await loadFiles(files, {
      reader: this.#reader,
      problems: this.#problems,
      options: this.#options,
      workingDir: source.workingDir,
      environment: source.environment,
      includedFrom: [],
      includeEnvFiles: [],
      provenance: this.#provenance,
    });
    if (tree === undefined) return undefined;
    const { io, remote } = this.#reader;
    const base = { directory: source.workingDir, homeDir: io.homeDir };
    const before = this.#problems.errorCount;
    await confine(tree, base, remote, io, this.#problems);
    if (this.#problems.errorCount > before) return undefined;
    const named = withEntry(tree, 'name', nameNode(tree, source.name));
    return this.#options.normalize === 'yes' ? normalize(named, source.name) : named;
  }

  /** What the document means: typed values, active services, checked references. */
  async #bind(source: ProjectSource, tree: MapNode): Promise<LoadedModel | undefined> {
    const bound = bindModel(tree, this.#problems);
    const { services: named } = this.#request;
    const { active, inactive } = splitByProfiles(bound.services, this.#profiles(source), named);
    if (this.#options.consistency === 'yes') this.#check(bound, active, inactive, tree);
    if (this.#problems.hasErrors) return undefined;
    const selected = selectServices(active, named, this.#problems);
    const kept = this.#request.keepUnusedResources
      ? { ...bound, services: selected }
      : withoutUnused(bound, selected);
    this.#reportIgnored(kept.services, tree);
    if (this.#problems.hasErrors) return undefined;
    const locked = await this.#withLock(kept.services, source, tree);
    if (this.#problems.hasErrors) return undefined;
    const services = await this.#withEnvFiles(locked, source, tree);
    return {
      source,
      tree,
      bound: { ...kept, services },
      allServices: bound.services,
      provenance: this.#provenance,
    };
  }

  #profiles(source: ProjectSource): readonly string[] {
    if (this.#request.profiles.length > 0) return this.#request.profiles;
    const variable = source.environment.get('COMPOSE_PROFILES') ?? '';
    return variable
      .split(',')
      .map((profile) => profile.trim())
      .filter((profile) => profile !== '');
  }

  #check(bound: BoundModel, active: Services, inactive: Services, tree: MapNode): void {
    const context = new CheckContext(bound, active, inactive, tree, this.#problems);
    checkServices(context);
    checkReferences(context);
    checkCycles(context);
  }

  #reportIgnored(services: Services, tree: MapNode): void {
    const isUsed = ([section, name]: ValuePath) => section !== 'services' || services.has(String(name));
    reportIgnored(tree, isUsed, this.#request.ignoredKeys ?? 'warn', this.#problems);
  }

  async #withLock(services: Services, source: ProjectSource, tree: MapNode): Promise<Services> {
    if (this.#request.images !== 'locked') return services;
    const scope = { reader: this.#reader, problems: this.#problems, tree, path: source.lockPath };
    return useLock(services, scope);
  }

  async #withEnvFiles(services: Services, source: ProjectSource, tree: MapNode): Promise<Services> {
    if (this.#options.resolveEnvironment === 'no') return services;
    const lookup = lookupIn(source.environment);
    const sources = { reader: this.#reader, problems: this.#problems, lookup, tree };
    const resolved = new Map<string, WireStruct>();
    for (const [name, service] of services) {
      const hasFiles = service.get('env_file') !== undefined || service.get('label_file') !== undefined;
      resolved.set(name, hasFiles ? await resolveEnvFiles(name, service, sources) : service);
    }
    return resolved;
  }
}

/** The name where a file says it, if that is the one that counts. */
function nameNode(tree: MapNode, name: string): TreeNode {
  const written = tree.entries.get('name');
  if (written?.value.kind === 'scalar' && written.value.value === name) return written.value;
  return scalarNode(name, impliedAt(written?.key ?? tree.place));
}

const noServices: Services = new Map();
