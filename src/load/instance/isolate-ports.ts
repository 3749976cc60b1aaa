import type { MovedPort } from '../../model/instance.js';
import { pairsOf } from '../pairs.js';
import { impliedAt } from '../provenance.js';
import {
  changeEntry,
  child,
  type MapNode,
  mapEntries,
  mapItems,
  mapOf,
  scalarNode,
  type TreeNode,
  withEntry,
} from '../tree-node.js';
import { portVariables } from './port-variables.js';
import { type WantedPort, wishOf, writtenPort } from './wanted-ports.js';

/** What became of the ports that a model fixes, once the first of each row is known, by key. */
export function movedPorts(wanted: readonly WantedPort[], granted: ReadonlyMap<string, number>): MovedPort[] {
  const variables = portVariables(wanted);
  return wanted.map(({ key, service, target, written, count, first }) => {
    const port = granted.get(key) ?? first;
    const published = count === 1 ? String(port) : `${port}-${port + count - 1}`;
    return { key, service, target, written, published, variable: variables.get(key) };
  });
}

/** The model with the ports of the instance, which every service is told in its environment. */
export function isolatePorts(model: MapNode, ports: readonly MovedPort[]): MapNode {
  if (ports.length === 0) return model;
  return changeEntry(model, 'services', (services) =>
    services.kind !== 'map'
      ? services
      : mapEntries(services, (service, name) =>
          service.kind !== 'map'
            ? service
            : told(
                movedIn(
                  service,
                  ports.filter((port) => port.service === name),
                ),
                ports,
              ),
        ),
  );
}

function movedIn(service: MapNode, own: readonly MovedPort[]): MapNode {
  const published = new Map(own.map((port) => [wishOf(port), port.published]));
  return changeEntry(service, 'ports', (list) =>
    list.kind !== 'list' ? list : mapItems(list, (port) => movedPort(port, published)),
  );
}

function movedPort(port: TreeNode, published: ReadonlyMap<string, string>): TreeNode {
  const asked = writtenPort(port);
  const moved = asked === undefined ? undefined : published.get(wishOf(asked));
  if (moved === undefined || port.kind !== 'map') return port;
  return changeEntry(port, 'published', ({ place }) => scalarNode(moved, impliedAt(place)));
}

/** What the file itself sets counts. A provider is a program of the host, which has its variables from there. */
function told(service: MapNode, ports: readonly MovedPort[]): MapNode {
  if (child(service, 'provider') !== undefined) return service;
  const place = impliedAt(service.place);
  const written = child(service, 'environment');
  let environment = pairsOf(written) ?? mapOf([], place);
  for (const { variable, published } of ports) {
    if (variable !== undefined && !environment.entries.has(variable))
      environment = withEntry(environment, variable, scalarNode(published, place));
  }
  return withEntry(service, 'environment', environment);
}
