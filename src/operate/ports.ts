import type { Engine } from '../engine/engine.js';
import { isUp } from '../model/is-up.js';
import type { ServicePort } from '../model/looks.js';
import { textOrder } from '../model/order.js';

/** Ports of the host that a project has now, by service, container and port. Empty `services`: of all. One call. */
export async function servicePorts(
  engine: Engine,
  { project, services }: { readonly project: string; readonly services: readonly string[] },
  signal?: AbortSignal,
): Promise<ServicePort[]> {
  const containers = await engine.listContainers(project, signal);
  const wanted = containers.filter(
    (container) => isUp(container) && (services.length === 0 || services.includes(container.service)),
  );
  const ports = wanted.flatMap(({ service, name, ports }) =>
    ports.flatMap(({ hostIp = '0.0.0.0', published, target, protocol }) =>
      published === undefined ? [] : [{ service, container: name, hostIp, published, target, protocol }],
    ),
  );
  return ports.sort(
    (a, b) =>
      textOrder(a.service, b.service) ||
      textOrder(a.container, b.container) ||
      a.target - b.target ||
      textOrder(a.protocol, b.protocol) ||
      textOrder(a.hostIp, b.hostIp),
  );
}
