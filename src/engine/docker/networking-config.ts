import type { ContainerSpec, EndpointRequest } from '../../model/container-spec.js';
import type { PortSpec, ServiceSpec } from '../../model/service.js';
import { isAtLeast } from './api-version.js';
import { defined, type JsonObject, mapUnlessEmpty, objectOf, unlessEmpty } from './body-fields.js';

/** Label of a network driver's option: the name of the interface inside the container. */
export const interfaceNameOption = 'com.docker.network.endpoint.ifname';

/** `NetworkingConfig` with the given endpoints, or undefined when there are none. */
export function endpointsConfigOf(
  spec: ContainerSpec<string>,
  endpoints: readonly EndpointRequest[],
  apiVersion: string,
): JsonObject | undefined {
  if (endpoints.length === 0) return undefined;
  const configs = new Map<string, JsonObject>();
  for (const [index, endpoint] of endpoints.entries()) {
    const macAddress = endpoint.macAddress ?? (index === 0 ? spec.service.macAddress : undefined);
    const config = endpointConfigOf(
      macAddress === undefined ? endpoint : { ...endpoint, macAddress },
      apiVersion,
    );
    configs.set(endpoint.network, defined({ ...config, Links: unlessEmpty(linksOf(spec)) }));
  }
  return { EndpointsConfig: objectOf(configs) };
}

/** One endpoint, for creation and for `POST /networks/{id}/connect`. */
export function endpointConfigOf(endpoint: EndpointRequest, apiVersion: string): JsonObject {
  const driverOptions = new Map(endpoint.driverOptions);
  if (endpoint.interfaceName !== undefined && isAtLeast(apiVersion, '1.49'))
    driverOptions.set(interfaceNameOption, endpoint.interfaceName);
  const addresses = defined({
    IPv4Address: endpoint.ipv4Address,
    IPv6Address: endpoint.ipv6Address,
    LinkLocalIPs: unlessEmpty(endpoint.linkLocalIps),
  });
  return defined({
    Aliases: unlessEmpty(endpoint.aliases),
    IPAMConfig: Object.keys(addresses).length === 0 ? undefined : addresses,
    DriverOpts: mapUnlessEmpty(driverOptions),
    MacAddress: isAtLeast(apiVersion, '1.44') ? endpoint.macAddress : undefined,
    GwPriority: isAtLeast(apiVersion, '1.48') ? endpoint.gatewayPriority : undefined,
  });
}

/** `80/tcp` → `{}` for every port that is published or exposed: the engine publishes only what is also exposed. */
export function exposedPortsOf({ ports, expose }: ServiceSpec): JsonObject | undefined {
  const names = new Set([...expose, ...ports.map(portName)]);
  return mapUnlessEmpty(new Map([...names].map((name) => [name, {}])));
}

/** `80/tcp` → where it is published on the host, in the order of the file. */
export function portBindingsOf(ports: readonly PortSpec[]): JsonObject | undefined {
  const bindings = new Map<string, JsonObject[]>();
  for (const port of ports) {
    const list = bindings.get(portName(port)) ?? [];
    list.push({ HostIp: port.hostIp ?? '', HostPort: port.published ?? '' });
    bindings.set(portName(port), list);
  }
  return mapUnlessEmpty(bindings);
}

function portName({ target, protocol }: PortSpec): string {
  return `${target}/${protocol}`;
}

/** `container:alias`; those to containers outside the project come last. */
export function linksOf({ links, service }: ContainerSpec<string>): string[] {
  const own = links.map(({ container, alias }) => `${container}:${alias}`);
  const external = service.externalLinks.map((link) => (link.includes(':') ? link : `${link}:${link}`));
  return [...own, ...external];
}
