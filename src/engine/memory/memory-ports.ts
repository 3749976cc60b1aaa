import type { ObservedPort } from '../../model/observed.js';
import type { PortSpec } from '../../model/service.js';

const firstEphemeralPort = 32_768;
const lastPort = 65_535;

/** Ports of the host that containers hold as long as they run. */
export class HeldPorts {
  readonly #held = new Map<number, ObservedPort[]>();

  /** The host ports that a container gets when it starts, or the one that it cannot have. Nobody holds them yet. */
  choose(wanted: readonly PortSpec[]): { readonly ports: ObservedPort[] } | { readonly takenPort: number } {
    const ports: ObservedPort[] = [];
    for (const port of wanted) {
      const candidates = candidatesOf(port);
      const published = candidates.find(
        (candidate) =>
          isFree(candidate, port, this.#held.get(candidate) ?? []) && isFree(candidate, port, ports),
      );
      if (published === undefined) return { takenPort: candidates[0] ?? port.target };
      const { target, protocol, hostIp = '0.0.0.0' } = port;
      ports.push({ target, protocol, published, hostIp });
    }
    return { ports };
  }

  hold(ports: readonly ObservedPort[]): void {
    for (const port of ports) this.#change(port, (others) => [...others, port]);
  }

  release(ports: readonly ObservedPort[]): void {
    for (const port of ports) this.#change(port, (others) => others.filter((other) => other !== port));
  }

  #change({ published }: ObservedPort, change: (others: readonly ObservedPort[]) => ObservedPort[]): void {
    if (published !== undefined) this.#held.set(published, change(this.#held.get(published) ?? []));
  }
}

function candidatesOf({ published }: PortSpec): number[] {
  if (published === undefined || published === '') return numbers(firstEphemeralPort, lastPort);
  const [first = 0, last = first] = published.split('-').map(Number);
  return numbers(first, last);
}

function isFree(
  candidate: number,
  { protocol, hostIp = '0.0.0.0' }: PortSpec,
  held: readonly ObservedPort[],
): boolean {
  return !held.some(
    (port) =>
      port.published === candidate &&
      port.protocol === protocol &&
      overlaps(port.hostIp ?? '0.0.0.0', hostIp),
  );
}

function overlaps(a: string, b: string): boolean {
  return a === b || a === '0.0.0.0' || b === '0.0.0.0';
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
