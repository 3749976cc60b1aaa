import { given } from '../../../model/given.js';
import { byKey, textOrder } from '../../../model/order.js';
import type { EndpointSpec, PortSpec } from '../../../model/service.js';
import { mapOf } from '../from-list.js';
import { interfaceNameOption } from '../networking-config.js';
import { listOf, textOf } from './absent-values.js';
import type { InspectedConfig, InspectedEndpoint, InspectedHostConfig } from './inspected-settings.js';

const builtIn = new Set(['bridge', 'host', 'none']);

/** By network name. Before Docker 26 an engine adds the short id of the container to its names. */
export function endpointsFromInspect(
  networks: Readonly<Record<string, InspectedEndpoint | null>>,
  containerId: string,
): Map<string, EndpointSpec> {
  const entries = Object.entries(networks).filter(([name]) => !builtIn.has(name));
  return new Map(
    entries
      .sort(byKey)
      .map(([name, endpoint]) => [name, endpointOf(endpoint ?? {}, containerId.slice(0, 12))]),
  );
}

function endpointOf(endpoint: InspectedEndpoint, shortId: string): EndpointSpec {
  const driverOptions = mapOf(endpoint.DriverOpts);
  const interfaceName = driverOptions.get(interfaceNameOption);
  driverOptions.delete(interfaceNameOption);
  return {
    aliases: listOf(endpoint.Aliases).filter((alias) => alias !== shortId),
    linkLocalIps: listOf(endpoint.IPAMConfig?.LinkLocalIPs),
    driverOptions,
    priority: 0,
    ...given({
      ipv4Address: textOf(endpoint.IPAMConfig?.IPv4Address),
      ipv6Address: textOf(endpoint.IPAMConfig?.IPv6Address),
      macAddress: textOf(endpoint.MacAddress),
      interfaceName,
      gatewayPriority: endpoint.GwPriority === 0 ? undefined : endpoint.GwPriority,
    }),
  };
}

/** Published ports, and those that are only exposed. */
export function portsFromInspect(
  config: InspectedConfig,
  host: InspectedHostConfig,
): { readonly ports: readonly PortSpec[]; readonly expose: readonly string[] } {
  const bindings = Object.entries(host.PortBindings ?? {}).sort(byKey);
  const ports = bindings.flatMap(([port, list]) => {
    const [target, protocol = 'tcp'] = port.split('/');
    return listOf(list).map(({ HostIp, HostPort }) => ({
      target: Number(target),
      protocol,
      ...given({ hostIp: textOf(HostIp), published: HostPort === '0' ? undefined : textOf(HostPort) }),
    }));
  });
  const published = new Set(bindings.map(([port]) => port));
  const expose = Object.keys(config.ExposedPorts ?? {}).filter((port) => !published.has(port));
  return { ports, expose: expose.sort(textOrder) };
}
