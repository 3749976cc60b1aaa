import type { PublishedPort } from '../model/engine-machine.js';
import type { ObservedPort } from '../model/observed.js';
import { byName, textOrder } from '../model/order.js';

/** The ports of the host that one container has. */
export function publishedBy(
  container: string,
  ports: readonly ObservedPort[],
  project: string | undefined,
): PublishedPort[] {
  return ports.flatMap(({ published, protocol, hostIp = '0.0.0.0' }) =>
    published === undefined ? [] : [{ port: published, protocol, hostIp, container, project }],
  );
}

/** In the order of the port that lists them. */
export function comparePublished(a: PublishedPort, b: PublishedPort): number {
  const key = ({ protocol, hostIp, container }: PublishedPort) => `${protocol} ${hostIp} ${container}`;
  return a.port - b.port || textOrder(key(a), key(b));
}

/** The containers that have a port of the host, at whatever address; for saying who holds it. */
export function publishersOf(
  port: number,
  published: readonly PublishedPort[],
): { name: string; project: string | undefined }[] {
  const byContainer = new Map(
    published.filter((each) => each.port === port).map((each) => [each.container, each]),
  );
  return [...byContainer].map(([name, { project }]) => ({ name, project })).sort(byName);
}
