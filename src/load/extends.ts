import { dirname } from 'node:path/posix';
import { canonicalizeService } from './canonical/canonicalize-service.js';
import { fillIn } from './fill-in.js';
import { checkKnownKeys } from './known-keys.js';
import { locateFile } from './locate-file.js';
import { mergeDocuments, mergeServices, withoutTags } from './merge.js';
import type { ModelScope } from './model-scope.js';
import type { Place } from './place.js';
import { markAll } from './provenance.js';
import { isRemoteFile } from './remote/remote-sources.js';
import { resolvePaths } from './resolve-paths.js';
import {
  child,
  isNull,
  type MapEntry,
  type MapNode,
  mapNode,
  mapOf,
  stringOf,
  type TreeNode,
  withEntry,
  withoutEntry,
} from './tree-node.js';

/** A link of a chain of services that extend each other. */
interface Step {
  readonly file: string;
  readonly service: string;
}

interface Reference {
  readonly service: string;
  readonly file?: string;
  /** Of the whole reference. */
  readonly place: Place;
  readonly servicePlace: Place;
  /** Where the file is named, or the service when it is of this file. */
  readonly filePlace: Place;
}

function referenceAt(service: string, place: Place): Reference {
  return { service, place, servicePlace: place, filePlace: place };
}

/** The document with every `extends` resolved. Only services of the same document, or of a named file, are bases. */
export async function resolveExtends(document: MapNode, file: string, scope: ModelScope): Promise<MapNode> {
  const services = child(document, 'services');
  if (services?.kind !== 'map') return document;
  if (![...services.entries.values()].some(({ value }) => child(value, 'extends') !== undefined))
    return document;
  const files = new Map<string, Promise<ServiceFile | undefined>>();
  const here = new ServiceFile(file, scope.workingDir, services, scope, {
    files,
    trail: new Map(),
  });
  const entries = new Map(services.entries);
  for (const [name, entry] of services.entries) {
    const value = await here.resolved(name);
    if (value !== undefined && value !== entry.value) entries.set(name, { key: entry.key, value });
  }
  return withEntry(document, 'services', { ...services, entries });
}

/** What the files of one document have in common. */
interface Known {
  readonly files: Map<string, Promise<ServiceFile | undefined>>;
  /** The services that are being resolved, each for the one before it, by file and name. */
  readonly trail: Map<string, Step>;
}

/** The services of one file, each with its bases merged in when somebody asks for it. */
class ServiceFile {
  readonly #file: string;
  readonly #directory: string;
  readonly #services: MapNode;
  readonly #scope: ModelScope;
  readonly #known: Known;
  readonly #resolved = new Map<string, Promise<TreeNode | undefined>>();

  constructor(file: string, directory: string, services: MapNode, scope: ModelScope, known: Known) {
    this.#file = file;
    this.#directory = directory;
    this.#services = services;
    this.#scope = scope;
    this.#known = known;
  }

  has(service: string): boolean {
    return this.#services.entries.has(service);
  }

  /** The service with its bases merged in. Not to be asked while it answers: the trail is that of one question. */
  resolved(name: string): Promise<TreeNode | undefined> {
    const service = child(this.#services, name);
    if (service?.kind !== 'map' || !service.entries.has('extends')) return Promise.resolve(service);
    const known = this.#resolved.get(name);
    // A service on the trail is not done yet: asking again finds the cycle.
    if (known !== undefined && !this.#isOnTrail(name)) return known;
    const resolved = this.#resolve(service, name);
    this.#resolved.set(name, resolved);
    return resolved;
  }

  async #resolve(service: MapNode, name: string): Promise<TreeNode> {
    // A chain may be longer than the stack is deep: each link begins with an empty one.
    await Promise.resolve();
    const own = withoutEntry(service, 'extends');
    const reference = this.#reference(child(service, 'extends') as TreeNode, name);
    if (reference === undefined) return own;
    if (this.#isOnTrail(name)) {
      this.#reportCycle(
        [...this.#known.trail.values(), { file: this.#file, service: name }],
        reference.place,
      );
      return own;
    }
    const base = await this.#onTrail(name, () => this.#base(reference, name));
    // Nothing to take over: the reference stays, as it does in docker compose.
    if (base === 'empty') return service;
    if (base === undefined) return own;
    const { problems, provenance } = this.#scope;
    const merged = mergeServices(this.#traced(base, reference), own, name, problems, provenance);
    return { ...merged, place: own.place };
  }

  #isOnTrail(name: string): boolean {
    return this.#known.trail.has(`${this.#file}\n${name}`);
  }

  async #onTrail<T>(name: string, resolve: () => Promise<T>): Promise<T> {
    const key = `${this.#file}\n${name}`;
    this.#known.trail.set(key, { file: this.#file, service: name });
    try {
      return await resolve();
    } finally {
      this.#known.trail.delete(key);
    }
  }

  #traced(base: MapNode, { place, service }: Reference): MapNode {
    if (this.#scope.provenance === undefined) return base;
    return markAll(base, { rule: 'extends', other: place, name: service });
  }

  #reportCycle(steps: readonly Step[], place: Place): void {
    const chain = steps.map(({ file, service }) => `${service} in ${file}`).join(', which extends ');
    this.#scope.problems.error('config/cycle', `services extend each other in a circle: ${chain}`, { place });
  }

  #reference(node: TreeNode, name: string): Reference | undefined {
    if (node.kind === 'scalar' && node.value !== null) return referenceAt(String(node.value), node.place);
    checkKnownKeys(node, ['service', 'file'], `service "${name}": extends`, this.#scope.problems);
    const serviceNode = child(node, 'service');
    const service = stringOf(serviceNode);
    const fileNode = child(node, 'file');
    if (serviceNode === undefined || service === undefined) {
      this.#report(
        `extends.${name}.service is required: service "${name}" extends nothing that has a name`,
        node.place,
        'write `extends: {service: NAME}`, with `file: PATH` for a service of another file',
      );
      return undefined;
    }
    const file = stringOf(fileNode);
    return {
      ...referenceAt(service, node.place),
      servicePlace: serviceNode.place,
      filePlace: fileNode?.place ?? serviceNode.place,
      ...(file === undefined ? {} : { file }),
    };
  }

  #report(message: string, place: Place, hint?: string): void {
    this.#scope.problems.error('config/extends', message, { place, hint });
  }

  /** The name of a service here that is nearly this one. */
  #similar(service: string): string | undefined {
    const similar = this.#scope.problems.similarName(service, this.#services.entries.keys());
    return similar === undefined || similar === service ? undefined : `did you mean "${similar}"?`;
  }

  async #base(reference: Reference, name: string): Promise<MapNode | 'empty' | undefined> {
    const { file } = reference;
    const source = file === undefined ? this : await this.#fileOf(file, reference, name);
    if (source === undefined) return undefined;
    const base = await source.resolved(reference.service);
    if (isNull(base)) return 'empty';
    if (base?.kind === 'map') {
      const plain = withoutTags(base) as MapNode;
      return source === this ? plain : source.#movedHere(plain, reference.service);
    }
    const where = file === undefined ? '' : ` in ${file}`;
    this.#report(
      base === undefined
        ? `cannot extend service "${name}" in ${this.#file}: service "${reference.service}" not found${where}`
        : `cannot extend service "${name}": service "${reference.service}"${where} must be a mapping`,
      reference.servicePlace,
      base === undefined ? source.#similar(reference.service) : undefined,
    );
    return undefined;
  }

  /** The base as another file can take it: its relative paths are absolute. */
  #movedHere(service: MapNode, name: string): MapNode {
    const { problems, options, reader } = this.#scope;
    const unreadable = options.interpolate === 'yes' ? 'report' : 'keep';
    const canonical = canonicalizeService(service, name, { problems, budget: reader.budget, unreadable });
    const model = mapOf([['services', mapOf([[name, canonical]], service.place)]], service.place);
    const resolved = resolvePaths(model, { directory: this.#directory, homeDir: reader.io.homeDir });
    return child(child(resolved, 'services'), name) as MapNode;
  }

  async #fileOf(file: string, reference: Reference, name: string): Promise<ServiceFile | undefined> {
    const paths = await this.#pathsOf(file, reference);
    const [path] = paths ?? [];
    if (paths === undefined || path === undefined) return undefined;
    let opened = this.#known.files.get(path);
    if (opened === undefined) {
      opened = this.#open(path, paths, reference, name);
      this.#known.files.set(path, opened);
    }
    return opened;
  }

  /** Absolute; several only where they come from elsewhere together. Undefined after a problem was reported. */
  async #pathsOf(file: string, { filePlace }: Reference): Promise<readonly string[] | undefined> {
    const { remote, io } = this.#scope.reader;
    if (isRemoteFile(file)) return remote.filesOf(file, filePlace);
    const path = await locateFile(file, [this.#directory, dirname(this.#file)], io);
    return (await remote.mayRead(path, filePlace)) ? [path] : undefined;
  }

  async #open(
    path: string,
    paths: readonly string[],
    reference: Reference,
    name: string,
  ): Promise<ServiceFile | undefined> {
    const { reader, problems, provenance } = this.#scope;
    const documents: TreeNode[] = [];
    for (const each of paths) {
      const read = await reader.documents(each, reference.filePlace, this.#scope);
      if (read === undefined) return undefined;
      documents.push(...read.map((document) => fillIn(document, each, this.#scope)));
    }
    let model: MapNode = mapNode(new Map<string, MapEntry>(), reference.place);
    for (const tree of documents)
      if (tree.kind === 'map') model = mergeDocuments(model, tree, problems, provenance);
    const services = child(model, 'services');
    if (services?.kind === 'map')
      return new ServiceFile(path, dirname(path), services, this.#scope, this.#known);
    this.#report(
      `cannot extend service "${name}" in ${reference.file}: no services section`,
      reference.filePlace,
    );
    return undefined;
  }
}
