import type { Finding } from '../../model/finding.js';
import { given } from '../../model/given.js';
import type { HostFacts } from '../../model/host-facts.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { ValuePath } from '../../model/span.js';

/** A path of this machine that something needs. */
interface NeededPath {
  readonly path: string;
  /** `service "web" mounts it at /data`. */
  readonly use: string;
  /** `make`: the engine makes an empty directory. */
  readonly whenMissing: 'make' | 'fail';
  readonly place: ValuePath;
}

/**
 * What is mounted and built from this machine, and is not there. Of an engine of another machine nothing can be said:
 * it mounts its own paths.
 */
export async function fileFindings(project: Project, host: Pick<HostFacts, 'kindOf'>): Promise<Finding[]> {
  const needed = [...project.services.values()].flatMap((service) => [
    ...mountedPaths(service),
    ...builtPaths(service),
    ...grantedPaths(service, project),
  ]);
  if (needed.length === 0) return [];
  const kinds = await Promise.all(needed.map(({ path }) => host.kindOf(path)));
  const missing = needed.filter((_, index) => kinds[index] === 'missing');
  if (missing.length > 0) return missing.map((each) => missingFinding(each, project));
  const count = new Set(needed.map(({ path }) => path)).size;
  const what = count === 1 ? 'the one path of this machine is' : `all ${count} paths of this machine are`;
  return [
    {
      topic: 'files',
      check: 'host-paths',
      state: 'ok',
      text: `${what} there that services mount, get or are built from`,
    },
  ];
}

function mountedPaths({ name, mounts }: ServiceSpec): NeededPath[] {
  return mounts.flatMap(({ type, source, target, bind }, index): NeededPath[] => {
    if (type !== 'bind' || source === undefined) return [];
    return [
      {
        path: source,
        use: `service "${name}" mounts it at ${target}`,
        whenMissing: bind?.createHostPath === false ? 'fail' : 'make',
        place: ['services', name, 'volumes', index],
      },
    ];
  });
}

function builtPaths({ name, build }: ServiceSpec): NeededPath[] {
  if (build === undefined || !build.context.startsWith('/')) return [];
  const use = `service "${name}" is built from it`;
  return [{ path: build.context, use, whenMissing: 'fail', place: ['services', name, 'build', 'context'] }];
}

function grantedPaths({ name, configs, secrets }: ServiceSpec, project: Project): NeededPath[] {
  const of = (kind: 'configs' | 'secrets', keys: readonly string[]) =>
    keys.flatMap((key): NeededPath[] => {
      const source = project[kind].get(key)?.source;
      if (source?.kind !== 'file') return [];
      const use = `service "${name}" gets it as ${kind.slice(0, -1)} "${key}"`;
      return [{ path: source.path, use, whenMissing: 'fail', place: [kind, key, 'file'] }];
    });
  const keysOf = (grants: ServiceSpec['configs']) => grants.map(({ source }) => source);
  return [...of('configs', keysOf(configs)), ...of('secrets', keysOf(secrets))];
}

function missingFinding({ path, use, whenMissing, place }: NeededPath, { origins }: Project): Finding {
  const span = origins.spanOf(place);
  const isMade = whenMissing === 'make';
  return {
    topic: 'files',
    check: 'host-paths',
    state: isMade ? 'warning' : 'problem',
    text: isMade
      ? `${path} is not there, and ${use}: the engine will make an empty directory that root owns`
      : `${path} is not there, and ${use}`,
    advice: isMade
      ? 'make it, if it should be a file or have something in it'
      : 'make it, or correct the path',
    ...given({ span }),
  };
}
