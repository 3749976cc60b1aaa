import type { ObservedPort } from '../../model/observed.js';
import type { PortSpec } from '../../model/service.js';

interface Holder {
  readonly ports: readonly ObservedPort[];
}

const firstEphemeralPort = 32_768;
const lastPort = 65_535;

/** The host ports that a container gets when it starts, or the one that it cannot have. */
export function publishPorts(
  wanted: readonly PortSpec[],
  holders: readonly Holder[],
): { readonly ports: ObservedPort[] } | { readonly takenPort: number } {
  const ports: ObservedPort[] = [];
  for (const port of wanted) {
    const candidates = candidatesOf(port);
    const published = candidates.find((candidate) => isFree(candidate, port, [...holders, { ports }]));
    if (published === undefined) return { takenPort: candidates[0] ?? port.target };
    ports.push({ target: port.target, protocol: port.protocol, published, hostIp: port.hostIp ?? '0.0.0.0' });
  }
  return { ports };
}

function candidatesOf({ published }: PortSpec): number[] {
  if (published === undefined || published === '') return numbers(firstEphemeralPort, lastPort);
  const [first = 0, last = first] = published.split('-').map(Number);
  return numbers(first, last);
}

function isFree(
  candidate: number,
  { protocol, hostIp = '0.0.0.0' }: PortSpec,
  holders: readonly Holder[],
): boolean {
  return !holders.some(({ ports }) =>
    ports.some(
      (port) =>
        port.published === candidate &&
        port.protocol === protocol &&
        overlaps(port.hostIp ?? '0.0.0.0', hostIp),
    ),
  );
}

function overlaps(a: string, b: string): boolean {
  return a === b || a === '0.0.0.0' || b === '0.0.0.0';
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
