import { type ContainerFixture, container } from './container-fixture.js';

const inHost = (fields: unknown) => ({ HostConfig: fields });
const inNetwork = (name: string, fields: unknown) => ({
  NetworkSettings: { Networks: { [`<project>_${name}`]: fields } },
});

export const networkingFixtures: readonly ContainerFixture[] = [
  container('network_mode', '{network_mode: host}', inHost({ NetworkMode: 'host' })),
  container('networks', '{networks: [plain]}', inNetwork('plain', {}), { top: 'networks: {plain: {}}' }),
  container(
    [
      'networks.*.aliases',
      'networks.*.ipv4_address',
      'networks.*.ipv6_address',
      'networks.*.link_local_ips',
      'networks.*.driver_opts',
    ],
    `{networks: {placed: {aliases: [www], ipv4_address: 10.213.77.9, ipv6_address: "fd00:213:77::9",
      link_local_ips: [169.254.3.4], driver_opts: {com.example.team: red}}}}`,
    inNetwork('placed', {
      IPAMConfig: {
        IPv4Address: '10.213.77.9',
        IPv6Address: 'fd00:213:77::9',
        LinkLocalIPs: ['169.254.3.4'],
      },
      DriverOpts: { 'com.example.team': 'red' },
    }),
    {
      top: 'networks: {placed: {enable_ipv6: true, ipam: {config: [{subnet: 10.213.77.0/24}, {subnet: "fd00:213:77::/64"}]}}}',
    },
  ),
  container(
    'networks.*.gw_priority',
    '{networks: {weighed: {gw_priority: 3}}}',
    inNetwork('weighed', { GwPriority: 3 }),
    {
      top: 'networks: {weighed: {}}',
    },
  ),
  container(
    'networks.*.interface_name',
    '{networks: {named: {interface_name: front0}}}',
    inNetwork('named', { DriverOpts: { 'com.docker.network.endpoint.ifname': 'front0' } }),
    { top: 'networks: {named: {}}' },
  ),
  container(
    'networks.*.priority',
    '{networks: {low: {}, zhigh: {priority: 9}}}',
    inHost({ NetworkMode: '<project>_zhigh' }),
    {
      top: 'networks: {low: {}, zhigh: {}}',
    },
  ),
  container(
    ['ports', 'ports[].target', 'ports[].published', 'ports[].host_ip', 'ports[].protocol'],
    '{ports: [{target: 80, published: "18080-18099", host_ip: 127.0.0.1, protocol: udp}]}',
    inHost({ PortBindings: { '80/udp': [{ HostIp: '127.0.0.1', HostPort: '18080-18099' }] } }),
  ),
  container(
    ['ports[].name', 'ports[].app_protocol'],
    '{ports: [{target: 81, name: web, app_protocol: http}]}',
    {
      HostConfig: { PortBindings: { '81/tcp': [{ HostPort: '' }] } },
    },
  ),
  container('expose', '{expose: ["3000-3001"]}', {
    Config: { ExposedPorts: { '3000/tcp': {}, '3001/tcp': {} } },
  }),
  container('dns', '{dns: [10.0.0.1]}', inHost({ Dns: ['10.0.0.1'] })),
  container('dns_opt', '{dns_opt: ["ndots:2"]}', inHost({ DnsOptions: ['ndots:2'] })),
  container('dns_search', '{dns_search: example.org}', inHost({ DnsSearch: ['example.org'] })),
  container('extra_hosts', '{extra_hosts: {there: 10.0.0.2}}', inHost({ ExtraHosts: ['there:10.0.0.2'] })),
];
