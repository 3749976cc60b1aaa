/** One entry of the long syntax, as a short port spec means it. */
export interface ParsedPort {
  readonly hostIp?: string;
  readonly target: number;
  /** A port, or a range of which the engine takes one. */
  readonly published?: string;
  readonly protocol: string;
}

export type ParsedPorts =
  | { readonly ok: true; readonly ports: readonly ParsedPort[] }
  | { readonly ok: false; readonly message: string };

interface Range {
  readonly first: number;
  readonly last: number;
}

const protocols = new Set(['tcp', 'udp', 'sctp']);

/** `[[IP:][HOST[-HOST]]:]CONTAINER[-CONTAINER][/PROTOCOL]`. A range of container ports gives an entry for each. */
export function parsePortSpec(spec: string): ParsedPorts {
  const { ports, protocol } = splitProtocol(spec);
  if (!protocols.has(protocol)) return failed(`invalid proto: ${protocol}`);
  const { ip, host, container } = splitParts(ports);
  const hostIp = ip === undefined ? undefined : withoutBrackets(ip);
  if (hostIp !== undefined && hostIp !== '' && !isIpAddress(hostIp))
    return failed(`invalid IP address: ${ip}`);
  if (container === '') return failed(`no container port in "${spec}"`);
  const targets = parseRange(container);
  if (targets === undefined) return failed(`invalid container port: ${container}`);
  const published = host === '' ? undefined : parseRange(host);
  if (host !== '' && published === undefined) return failed(`invalid host port: ${host}`);
  if (published !== undefined && !canPair(targets, published)) {
    return failed(`invalid ranges for container and host ports: ${container} and ${host}`);
  }
  return { ok: true, ports: expand(targets, published, protocol, hostIp) };
}

function failed(message: string): ParsedPorts {
  return { ok: false, message };
}

function splitProtocol(spec: string): { ports: string; protocol: string } {
  const slash = spec.lastIndexOf('/');
  if (slash === -1) return { ports: spec, protocol: 'tcp' };
  return { ports: spec.slice(0, slash), protocol: spec.slice(slash + 1).toLowerCase() || 'tcp' };
}

function splitParts(ports: string): { ip?: string; host: string; container: string } {
  const parts = ports.split(':');
  const container = parts.pop() ?? '';
  const host = parts.pop() ?? '';
  return parts.length === 0 ? { host, container } : { ip: parts.join(':'), host, container };
}

function withoutBrackets(ip: string): string {
  return ip.startsWith('[') && ip.endsWith(']') ? ip.slice(1, -1) : ip;
}

/** An IPv4 or IPv6 address, with an optional zone. */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

function isIpv6(text: string): boolean {
  const [address = '', zone, ...rest] = text.split('%');
  if (rest.length > 0 || zone === '' || !address.includes(':')) return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const hasIpv4Tail = last?.includes('.') ?? false;
  if (hasIpv4Tail && !isIpv4(groups.pop() ?? '')) return false;
  const room = hasIpv4Tail ? 6 : 8;
  const isComplete = halves.length === 2 ? groups.length < room : groups.length === room;
  return isComplete && groups.every((group) => /^[\da-fA-F]{1,4}$/.test(group));
}

function parseRange(text: string): Range | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  return first <= last && last <= 65535 ? { first, last } : undefined;
}

/** Ranges are of one length, or the engine chooses one host port of several for the one container port. */
function canPair(targets: Range, published: Range): boolean {
  return targets.last === targets.first || targets.last - targets.first === published.last - published.first;
}

function expand(
  targets: Range,
  published: Range | undefined,
  protocol: string,
  hostIp: string | undefined,
): ParsedPort[] {
  const ports: ParsedPort[] = [];
  for (let target = targets.first; target <= targets.last; target++) {
    const host = publishedFor(target - targets.first, targets, published);
    ports.push({
      ...(hostIp === undefined || hostIp === '' ? {} : { hostIp }),
      target,
      ...(host === undefined ? {} : { published: host }),
      protocol,
    });
  }
  return ports;
}

function publishedFor(offset: number, targets: Range, published: Range | undefined): string | undefined {
  if (published === undefined) return undefined;
  const isChoice = targets.first === targets.last && published.first !== published.last;
  return isChoice ? `${published.first}-${published.last}` : String(published.first + offset);
}
