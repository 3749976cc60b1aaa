import type { Engine } from '../engine/engine.js';
import type { ObservedPort } from '../model/observed.js';
import { UsageError } from '../problems/errors.js';
import { chooseReplica } from './choose-replica.js';

export interface PortRequest {
  readonly project: string;
  readonly service: string;
  /** Number of the replica; undefined or 0: the lowest. */
  readonly index?: number | undefined;
  readonly target: number;
  /** `tcp`, `udp` or `sctp`. */
  readonly protocol: string;
}

/** Where on the host a port of a service can be reached. Throws UsageError when it is not published. */
export async function publishedPort(
  engine: Engine,
  request: PortRequest,
  signal?: AbortSignal,
): Promise<{ readonly hostIp: string; readonly port: number }> {
  const { project, service, index, target, protocol } = request;
  const containers = await engine.listContainers(project, signal);
  const container = chooseReplica(containers, { service, index, state: 'running' });
  const found = container.ports.find(
    (port) => port.target === target && port.protocol === protocol && port.published !== undefined,
  );
  if (found?.published !== undefined) return { hostIp: found.hostIp ?? '0.0.0.0', port: found.published };
  throw new UsageError(`no port ${target}/${protocol} for container ${container.name}`, {
    hint: knownPorts(container.ports),
  });
}

function knownPorts(ports: readonly ObservedPort[]): string {
  const published = ports.filter((port) => port.published !== undefined);
  const names = [...new Set(published.map(({ target, protocol }) => `${target}/${protocol}`))];
  return names.length === 0 ? 'it publishes no port' : `it publishes ${names.join(', ')}`;
}
