import type { ValuePath } from '../model/span.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { type BoundModel, bindModel } from './bind-model.js';
import { CheckContext } from './check/check-context.js';
import { checkCycles } from './check/check-cycles.js';
import { checkReferences } from './check/check-references.js';
import { checkServices } from './check/check-services.js';
import { InstanceLoad } from './instance/instance-load.js';
import { loadFiles } from './load-files.js';
import type { LoadIo, LoadRequest } from './load-io.js';
import { allStages, type LoadOptions } from './load-options.js';
import type { LoadFailure } from './load-result.js';
import { useLock } from './lock/use-lock.js';
import { lookupIn } from './lookup.js';
import { normalize } from './normalize.js';
import { ProblemList } from './problem-list.js';
import { type ProjectSource, readSource } from './project-source.js';
import { impliedAt, Provenance } from './provenance.js';
import { confine } from './remote/confine.js';
import { resolveEnvFiles } from './resolve-env-files.js';
import { type Services, selectServices, splitByProfiles, withoutUnused } from './select-services.js';
import { SourceReader } from './source-reader.js';
import { reportIgnored } from './support/report-ignored.js';
import { type MapNode, scalarNode, type TreeNode, withEntry } from './tree-node.js';
import type { WireStruct } from './wire/wire-value.js';

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
  for (let pass = new InstanceLoad(); ; pass = pass.next) {
    const result = await loadOnce(request, io, options, pass);
    if (pass.next === undefined) return result;
  }
}

async function loadOnce(
  request: LoadRequest,
  io: LoadIo,
  options: LoadOptions,
  pass: InstanceLoad,
): Promise<LoadModelResult> {
  const problems = new ProblemList();
  const provenance = options.provenance === 'record' ? new Provenance() : undefined;
  const reader = new SourceReader(io, problems, provenance, request.remote);
  const model = await new ModelLoad(request, options, reader, problems, provenance, pass).run();
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
  const source = await readSource(request, reader, problems);
  const { texts } = reader;
  return source === undefined
    ? { ok: false, diagnostics: problems.sorted(), texts }
    : { ok: true, source, texts };
}

/** One load, from the request to the model; each method is a stage. */
class ModelLoad {
  readonly #request: LoadRequest;
  readonly #options: LoadOptions;
  readonly #reader: SourceReader;
  readonly #problems: ProblemList;
  readonly #provenance: Provenance | undefined;
  readonly #pass: InstanceLoad;

  constructor(
    request: LoadRequest,
    options: LoadOptions,
    reader: SourceReader,
    problems: ProblemList,
    provenance: Provenance | undefined,
    pass: InstanceLoad,
  ) {
    this.#request = request;
    this.#options = options;
    this.#reader = reader;
    this.#problems = problems;
    this.#provenance = provenance;
    this.#pass = pass;
  }

  async run(): Promise<LoadedModel | undefined> {
    const found = await readSource(this.#request, this.#reader, this.#problems, this.#pass.variables);
    if (found === undefined) return undefined;
    const loaded = await this.#loadTree(found);
    if (loaded === undefined) return undefined;
    const { source, tree } = loaded;
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

  /** The canonical document, and what reading it has told of its source. */
  async #loadTree(source: ProjectSource): Promise<{ source: ProjectSource; tree: MapNode } | undefined> {
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
    if (source.instance !== undefined && this.#pass.isInVain(this.#reader.texts.values())) return undefined;
    if (tree === undefined) return undefined;
    const { io, remote } = this.#reader;
    const base = { directory: source.workingDir, homeDir: io.homeDir };
    const before = this.#problems.errorCount;
    await confine(tree, base, remote, io, this.#problems);
    if (this.#problems.errorCount > before) return undefined;
    const own = await this.#ownTree(tree, source);
    if (own === undefined) return undefined;
    const named = withEntry(own.tree, 'name', nameNode(own.tree, source.name));
    return { ...own, tree: this.#options.normalize === 'yes' ? normalize(named, source.name) : named };
  }

  /** With names and ports of its own, if this is an instance. */
  async #ownTree(
    tree: MapNode,
    source: ProjectSource,
  ): Promise<{ source: ProjectSource; tree: MapNode } | undefined> {
    const { instance, nameSeparator, workingDir } = source;
    if (instance === undefined || this.#options.interpolate === 'no') return { source, tree };
    const { io } = this.#reader;
    const scope = {
      instance,
      nameSeparator,
      workingDir,
      io,
      request: this.#request,
      problems: this.#problems,
    };
    const own = await this.#pass.isolate(tree, scope);
    return own === undefined ? undefined : { source: { ...source, instance: own.instance }, tree: own.model };
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
