import type { PublishedPort } from '../../model/engine-machine.js';
import type { Finding } from '../../model/finding.js';
import { given } from '../../model/given.js';
import type { PortListener } from '../../model/host-facts.js';
import type { Project } from '../../model/project.js';
import type { PortSpec } from '../../model/service.js';

/** Who may have ports of the host. */
export interface PortHolders {
  readonly containers: readonly PublishedPort[];
  /** Programs of the engine's machine; undefined: that is another machine, or it does not tell. */
  readonly programs: readonly PortListener[] | undefined;
}

interface WantedPort {
  readonly service: string;
  readonly index: number;
  readonly spec: PortSpec;
}

/** Ports of the files that somebody else has already. Those that our own containers have are as they should be. */
export function portFindings(project: Project, holders: PortHolders): Finding[] {
  const wanted = [...project.services.values()].flatMap(({ name, ports }) =>
    ports.map((spec, index): WantedPort => ({ service: name, index, spec })),
  );
  const fixed = wanted.filter(({ spec }) => spec.published !== undefined && spec.published !== '0');
  if (fixed.length === 0) return [];
  const taken = fixed.flatMap((port) => takenFinding(port, project, holders));
  if (taken.length > 0) return taken;
  const texts = [...new Set(fixed.map(({ spec }) => spec.published ?? ''))];
  return [
    {
      topic: 'ports',
      check: 'host-ports',
      state: 'ok',
      text: `nobody else has the ports of the files: ${texts.join(', ')}`,
    },
  ];
}

function takenFinding(
  { service, index, spec }: WantedPort,
  project: Project,
  holders: PortHolders,
): Finding[] {
  const [first = 0, last = first] = (spec.published ?? '').split('-').map(Number);
  const ports = Array.from({ length: Math.max(1, last - first + 1) }, (_, offset) => first + offset);
  const whos = ports.map((port) => holderOf(port, spec, project.name, holders));
  // Of a range the engine takes one that is free.
  if (whos.some((who) => who === undefined)) return [];
  const origins = ['services', service, 'ports', index];
  const span = project.origins.spanOf(origins);
  return [
    {
      topic: 'ports',
      check: 'host-ports',
      state: 'problem',
      text: `port ${spec.published}${spec.protocol === 'tcp' ? '' : `/${spec.protocol}`} of service "${service}" is taken by ${[...new Set(whos)].join(' and ')}`,
      advice: 'publish another port, or stop who has it',
      ...given({ span }),
    },
  ];
}

/** undefined: it is free, or ours. */
function holderOf(port: number, spec: PortSpec, project: string, holders: PortHolders): string | undefined {
  const meets = (each: { port: number; protocol: string }, address: string) =>
    each.port === port && each.protocol === spec.protocol && overlaps(spec.hostIp, address);
  const containers = holders.containers.filter((each) => meets(each, each.hostIp));
  const other = containers.find((each) => each.project !== project);
  if (other !== undefined) {
    return `container ${other.container}${other.project === undefined ? '' : ` of project ${other.project}`}`;
  }
  // What listens for a container of ours is the engine.
  if (containers.length > 0) return undefined;
  const program = holders.programs?.find((each) => meets(each, each.address));
  if (program === undefined) return undefined;
  const { process } = program;
  return process === undefined
    ? `a program of another user, at ${program.address}`
    : `${process.name} (process ${process.pid}), at ${program.address}`;
}

/** Without an address the engine takes the port of all of both kinds; who listens at `::` usually has both as well. */
function overlaps(wanted: string | undefined, held: string): boolean {
  if (wanted === undefined || wanted === held || held === '::') return true;
  const isAll = (address: string) => address === '0.0.0.0' || address === '::';
  return wanted.includes(':') === held.includes(':') && (isAll(wanted) || isAll(held));
}
