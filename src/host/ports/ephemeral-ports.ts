import { readFile } from 'node:fs/promises';

/** Both ends belong to it. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** What systems without /proc use at most. */
const usualRange: PortRange = { first: 32_768, last: 65_535 };

/**
 * Ports that this system gives to whoever asks for any: one of these may be taken by an outgoing connection at any
 * moment, so nothing that must be there under a number of its own belongs among them.
 */
export async function ephemeralPorts(path = '/proc/sys/net/ipv4/ip_local_port_range'): Promise<PortRange> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [first, last] = text.trim().split(/\s+/).map(Number);
  return first && last && first <= last ? { first, last } : usualRange;
}

const lowestPort = 10_000;
const highestPort = 65_535;
/** With fewer below, there is more room above. */
const enough = 1_000;

/** Ports to choose from: below those that the system gives away, or where these begin low, above them. */
export function portsToChooseFrom({ first, last }: PortRange): PortRange {
  if (first - lowestPort >= enough) return { first: lowestPort, last: first - 1 };
  if (highestPort - last >= enough) return { first: last + 1, last: highestPort };
  // Somebody gave everything away: any port is as good as any other.
  return { first: lowestPort, last: highestPort };
}
