/** What proves keys of networks and volumes: a definition, and what an inspection of it shows. */
export interface ResourceFixture {
  /** `networks.*.driver`. */
  readonly keys: readonly string[];
  readonly section: 'networks' | 'volumes';
  readonly definition: string;
  readonly inspect: unknown;
  /** The engine's name for it, when the definition says one; `<project>` stands for the name of the project. */
  readonly name?: string;
}

const network = (
  keys: readonly string[],
  definition: string,
  inspect: unknown,
  name?: string,
): ResourceFixture => ({
  keys: keys.map((key) => (key === '' ? 'networks' : `networks.*.${key}`)),
  section: 'networks',
  definition,
  inspect,
  ...(name === undefined ? {} : { name }),
});

const volume = (
  keys: readonly string[],
  definition: string,
  inspect: unknown,
  name?: string,
): ResourceFixture => ({
  keys: keys.map((key) => (key === '' ? 'volumes' : `volumes.*.${key}`)),
  section: 'volumes',
  definition,
  inspect,
  ...(name === undefined ? {} : { name }),
});

export const resourceFixtures: readonly ResourceFixture[] = [
  network(
    ['', 'driver', 'driver_opts', 'attachable', 'internal', 'labels'],
    '{driver: bridge, driver_opts: {com.docker.network.bridge.enable_icc: "false"}, attachable: true, internal: true, labels: {team: red}}',
    {
      Driver: 'bridge',
      Options: { 'com.docker.network.bridge.enable_icc': 'false' },
      Attachable: true,
      Internal: true,
      Labels: { team: 'red' },
    },
  ),
  network(['name'], '{name: <project>-own-name}', { Driver: 'bridge' }, '<project>-own-name'),
  network(
    [
      'enable_ipv6',
      'ipam',
      'ipam.driver',
      'ipam.config',
      'ipam.config[].subnet',
      'ipam.config[].ip_range',
      'ipam.config[].gateway',
      'ipam.config[].aux_addresses',
      'ipam.options',
    ],
    `{enable_ipv6: true, ipam: {driver: default, options: {com.example.team: red}, config: [
      {subnet: 10.213.78.0/24, ip_range: 10.213.78.128/25, gateway: 10.213.78.1, aux_addresses: {printer: 10.213.78.5}},
      {subnet: "fd00:213:78::/64"}]}}`,
    {
      EnableIPv6: true,
      IPAM: {
        Driver: 'default',
        Options: { 'com.example.team': 'red' },
        Config: [
          {
            Subnet: '10.213.78.0/24',
            IPRange: '10.213.78.128/25',
            Gateway: '10.213.78.1',
            AuxiliaryAddresses: { printer: '10.213.78.5' },
          },
          { Subnet: 'fd00:213:78::/64' },
        ],
      },
    },
  ),
  network(['enable_ipv4'], '{enable_ipv4: false, enable_ipv6: true}', { EnableIPv4: false }),
  volume(
    ['', 'driver', 'driver_opts', 'labels'],
    '{driver: local, driver_opts: {type: tmpfs, device: tmpfs, o: size=1m}, labels: {team: red}}',
    { Driver: 'local', Options: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' }, Labels: { team: 'red' } },
  ),
  volume(['name'], '{name: <project>-own-volume}', { Driver: 'local' }, '<project>-own-volume'),
];
