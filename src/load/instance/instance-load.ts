import type { InstanceGrant, InstanceSpec } from '../../model/instance.js';
import { type NamingProject, withInstance } from '../../model/names.js';
import type { LoadIo, LoadRequest } from '../load-io.js';
import type { ProblemList } from '../problem-list.js';
import type { MapNode } from '../tree-node.js';
import { isolateImages } from './built-images.js';
import { checkNames } from './check-names.js';
import { checkShared } from './check-shared.js';
import { isolateNames } from './isolate-names.js';
import { isolatePorts, movedPorts } from './isolate-ports.js';
import { mentionedVariables } from './port-variables.js';
import { type WantedPort, wantedPorts } from './wanted-ports.js';

/** Which instance, and whose. */
export interface InstanceScope {
  readonly instance: Pick<InstanceSpec, 'name' | 'of'>;
  readonly nameSeparator: NamingProject['nameSeparator'];
  readonly workingDir: string;
  readonly request: Pick<LoadRequest, 'ports' | 'elsewhere'>;
  readonly io: LoadIo;
  readonly problems: ProblemList;
}

/** So often ports may change because of what other ports are. */
const mostPasses = 5;

type Variables = ReadonlyMap<string, string>;

/**
 * One pass of the load of an instance. Files may name ports as `${TSCOMPOSE_PORT_DB_5432}`, and these are only known
 * when the files are read. So a file that does is read with numbers that stand for them, then with the ports that were
 * found for what it asks for, until they are the same: as a rule in three passes. Files that do not are read once.
 */
export class InstanceLoad {
  /** Known in this pass, for interpolation. */
  readonly variables: Variables;
  readonly #pass: number;
  #next: InstanceLoad | undefined;

  constructor(variables: Variables = new Map(), pass = 1) {
    this.variables = variables;
    this.#pass = pass;
  }

  /** The pass that must come after this one; undefined: this is the last. */
  get next(): InstanceLoad | undefined {
    return this.#next;
  }

  /** Whether files name ports of which nothing is known yet: then this pass is in vain. */
  isInVain(texts: Iterable<string>): boolean {
    if (this.#pass > 1) return false;
    const mentioned = mentionedVariables(texts);
    if (mentioned.size > 0) this.#next = new InstanceLoad(mentioned, 2);
    return mentioned.size > 0;
  }

  /** The model as the instance has it; undefined after a problem was reported, or when another pass must come. */
  async isolate(
    model: MapNode,
    scope: InstanceScope,
  ): Promise<{ model: MapNode; instance: InstanceSpec } | undefined> {
    const { instance, problems, nameSeparator } = scope;
    const before = problems.errorCount;
    checkNames(model, { name: instance.of, nameSeparator }, problems);
    if (problems.errorCount > before) return undefined;
    const wanted = wantedPorts(model);
    const granted = await grantedPorts(wanted, scope);
    if (granted === undefined) return undefined;
    const ports = movedPorts(wanted, granted);
    if (this.#mustRepeat(ports, problems)) return undefined;
    checkShared(model, problems);
    const named = isolateNames(isolateImages(model, instance.name), instance.name);
    return { model: isolatePorts(named, ports), instance: { ...instance, ports } };
  }

  #mustRepeat(ports: InstanceSpec['ports'], problems: ProblemList): boolean {
    if (this.#pass === 1) return false;
    const found = new Map(
      ports.flatMap(({ variable, published }) => (variable === undefined ? [] : [[variable, published]])),
    );
    if (isSame(found, this.variables)) return false;
    if (this.#pass < mostPasses) this.#next = new InstanceLoad(found, this.#pass + 1);
    else
      problems.error('instance/invalid', 'what host ports there are depends on what host ports there are', {
        hint: 'use ${TSCOMPOSE_PORT_…} where no port or service depends on it',
      });
    return true;
  }
}

function isSame(a: Variables, b: Variables): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

async function grantedPorts(
  wanted: readonly WantedPort[],
  scope: InstanceScope,
): Promise<ReadonlyMap<string, number> | undefined> {
  const { instance, workingDir, request, io, problems } = scope;
  const grant = await io.instances?.claim({
    project: withInstance(instance.of, instance.name),
    instance: instance.name,
    directory: (await io.realPath(workingDir)) ?? workingDir,
    wishes: wanted.map(({ key, count }) => ({ key, count })),
    avoid: new Set(wanted.flatMap(({ first, count }) => rowOf(first, count))),
    check: request.ports ?? 'remembered',
    elsewhere: request.elsewhere ?? 'refuse',
  });
  if (grant?.kind === 'granted') {
    tellChanges(grant, wanted, problems);
    return grant.ports;
  }
  refuse(grant, scope, wanted);
  return undefined;
}

function rowOf(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

function tellChanges(
  { replaced, ports, forgottenBecause }: Extract<InstanceGrant, { kind: 'granted' }>,
  wanted: readonly WantedPort[],
  problems: ProblemList,
): void {
  for (const { key, port, holder } of replaced) {
    const { service, target, place } = wanted.find((each) => each.key === key) ?? {};
    problems.warnOnce(
      'instance/port',
      `port ${port} of this instance (service "${service}", ${target}) was taken by ${holder}; it is ${ports.get(key)} from now on`,
      { place },
    );
  }
  if (forgottenBecause !== undefined)
    problems.warnOnce('instance/port', `ports of instances cannot be written down: ${forgottenBecause}`, {
      hint: 'they may be others the next time; set XDG_STATE_HOME to a directory that can be written to',
    });
}

function refuse(
  grant: Exclude<InstanceGrant, { kind: 'granted' }> | undefined,
  { instance: { name, of }, workingDir, problems }: InstanceScope,
  wanted: readonly WantedPort[],
): void {
  if (grant === undefined) {
    problems.error('instance/invalid', 'there can be no instances here: nobody knows which ports are free');
  } else if (grant.kind === 'elsewhere') {
    problems.error(
      'instance/elsewhere',
      `instance "${name}" of project "${of}" belongs to ${grant.directory}, and this is ${workingDir}`,
      {
        hint:
          'give this one another name, or --instance auto; ' +
          `--adopt takes ${withInstance(of, name)} over as it is, with its volumes`,
      },
    );
  } else {
    problems.error('instance/port', `no free host port was found for ${grant.key}`, {
      place: wanted.find(({ key }) => key === grant.key)?.place,
      hint: 'stop something that has ports between 10000 and those that the system gives away by itself',
    });
  }
}
