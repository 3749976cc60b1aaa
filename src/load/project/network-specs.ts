import { given } from '../../model/given.js';
import type { IpamSpec, NetworkSpec } from '../../model/project.js';
import type { EndpointSpec, NamespaceMode, PortSpec } from '../../model/service.js';
import type { WireReader } from './read-wire.js';

export function toNetwork(key: string, wire: WireReader): NetworkSpec {
  return {
    key,
    name: wire.text('name') ?? key,
    isExternal: wire.flag('external'),
    driverOptions: wire.textMap('driver_opts'),
    isAttachable: wire.flag('attachable'),
    isInternal: wire.flag('internal'),
    labels: wire.textMap('labels'),
    ...given({
      driver: wire.text('driver'),
      enableIpv4: wire.explicitFlag('enable_ipv4'),
      enableIpv6: wire.explicitFlag('enable_ipv6'),
      ipam: wire.has('ipam') ? toIpam(wire.in('ipam')) : undefined,
    }),
  };
}

function toIpam(wire: WireReader): IpamSpec {
  return {
    pools: wire.items('config').map((pool) => ({
      auxAddresses: pool.textMap('aux_addresses'),
      ...given({
        subnet: pool.text('subnet'),
        gateway: pool.text('gateway'),
        ipRange: pool.text('ip_range'),
      }),
    })),
    options: wire.textMap('options'),
    ...given({ driver: wire.text('driver') }),
  };
}

export function toEndpoint(wire: WireReader): EndpointSpec {
  return {
    aliases: wire.texts('aliases'),
    linkLocalIps: wire.texts('link_local_ips'),
    driverOptions: wire.textMap('driver_opts'),
    priority: wire.number('priority') ?? 0,
    ...given({
      ipv4Address: wire.text('ipv4_address'),
      ipv6Address: wire.text('ipv6_address'),
      macAddress: wire.text('mac_address'),
      interfaceName: wire.text('interface_name'),
      gatewayPriority: wire.number('gw_priority'),
    }),
  };
}

export function toPort(wire: WireReader): PortSpec {
  return {
    target: wire.number('target') ?? 0,
    protocol: wire.text('protocol') ?? 'tcp',
    ...given({ published: wire.text('published'), hostIp: wire.text('host_ip') }),
  };
}

/** `80/tcp` of `80`, `80/udp` or `3000-3005`; a range gives every port of it. */
export function toExposed(texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    const [ports = '', protocol = 'tcp'] = text.split('/');
    const [first = Number.NaN, last = first] = ports.split('-').map(Number);
    if (!Number.isInteger(first) || !Number.isInteger(last) || last < first || last > 65535) return [text];
    return Array.from(
      { length: last - first + 1 },
      (_, offset) => `${first + offset}/${protocol.toLowerCase()}`,
    );
  });
}

/** `service:x`, `container:x`, or a word that the engine knows. */
export function toNamespace(text: string | undefined): NamespaceMode | undefined {
  if (text === undefined) return undefined;
  const [kind, ...rest] = text.split(':');
  const name = rest.join(':');
  if (kind === 'service' && name !== '') return { kind: 'service', service: name };
  if (kind === 'container' && name !== '') return { kind: 'container', container: name };
  return { kind: 'word', word: text };
}
