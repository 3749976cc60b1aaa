import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { isApiAtLeast } from '../../../src/model/engine-requirements.js';
import { scenario } from '../../support/scenario.js';
import { engineSays, guest, shell } from '../../support/scenario-shell.js';
import type { Stack } from '../../support/scenario-stack.js';

interface SaidNetwork {
  readonly IPAM: { readonly Config: readonly Readonly<Record<string, unknown>>[] };
  readonly Options: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

interface SaidContainer {
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, SaidEndpoint>> };
}

interface SaidEndpoint {
  readonly IPAMConfig: unknown;
  readonly DriverOpts: Readonly<Record<string, string>> | null;
  readonly Aliases: readonly string[];
  readonly MacAddress: string;
  readonly GwPriority?: number;
}

/** Beginnings of subnets that other tests do not use at the same time. */
function subnets(): { four: string; six: string } {
  const [a, b] = [randomInt(1, 250), randomInt(1, 250)];
  return { four: `10.${a}.${b}`, six: `fd00:${a}:${b}:` };
}

async function endpointsOf(stack: Stack, container: string): Promise<Record<string, SaidEndpoint>> {
  const { id } = await stack.container(container);
  const { NetworkSettings } = await engineSays<SaidContainer>(`/containers/${id}/json`);
  return Object.fromEntries(
    Object.entries(NetworkSettings.Networks).map(([name, said]) => [
      name.replace(`${stack.project}_`, ''),
      said,
    ]),
  );
}

scenario('everything that a network definition says reaches the engine', async (stack) => {
  const { four, six } = subnets();
  await stack.compose(`
services:
  web: ${guest('networks: [back]')}
networks:
  back:
    driver: bridge
    driver_opts: { com.docker.network.bridge.enable_icc: "false", com.docker.network.driver.mtu: 1400 }
    internal: true
    attachable: true
    enable_ipv6: true
    labels: { com.example.team: blue }
    ipam:
      driver: default
      options: { note: hello }
      config:
        - subnet: ${four}.0/24
          gateway: ${four}.9
          ip_range: ${four}.128/25
          aux_addresses: { printer: ${four}.7, scanner: ${four}.8 }
        - subnet: ${six}:/64
          gateway: "${six}:9"
`);
  await stack.up();
  const said = await engineSays<SaidNetwork>(`/networks/${stack.project}_back`);
  const mtu = await shell(stack, 'web-1', 'cat /sys/class/net/eth0/mtu');
  expect({
    ...Object.fromEntries(
      ['Driver', 'Internal', 'Attachable', 'EnableIPv6', 'IPAM'].map((field) => [field, said[field]]),
    ),
    icc: said.Options['com.docker.network.bridge.enable_icc'],
    team: (said.Labels as Record<string, string>)['com.example.team'],
    mtu,
    planAfterwards: (await stack.run('plan')).exitCode,
  }).toEqual({
    Driver: 'bridge',
    Internal: true,
    Attachable: true,
    EnableIPv6: true,
    IPAM: {
      Driver: 'default',
      Options: { note: 'hello' },
      Config: [
        {
          Subnet: `${four}.0/24`,
          Gateway: `${four}.9`,
          IPRange: `${four}.128/25`,
          AuxiliaryAddresses: { printer: `${four}.7`, scanner: `${four}.8` },
        },
        { Subnet: `${six}:/64`, Gateway: `${six}:9` },
      ],
    },
    icc: 'false',
    team: 'blue',
    mtu: '1400',
    planAfterwards: 0,
  });
});

scenario('everything that a service says of its place in a network reaches the engine', async (stack) => {
  const { four, six } = subnets();
  await stack.compose(`
services:
  web: ${guest(`networks:
      back:
        aliases: [www, api]
        ipv4_address: ${four}.20
        ipv6_address: "${six}:20"
        link_local_ips: [169.254.8.8]
        mac_address: 02:42:00:00:00:20
        driver_opts: { com.example.hint: fast }`)}
networks:
  back:
    enable_ipv6: true
    ipam: { config: [{ subnet: ${four}.0/24 }, { subnet: "${six}:/64" }] }
`);
  await stack.up();
  const { back } = await endpointsOf(stack, 'web-1');
  const addresses = await shell(stack, 'web-1', 'ip -o addr show eth0; cat /sys/class/net/eth0/address');
  expect({
    asked: back?.IPAMConfig,
    hint: back?.DriverOpts?.['com.example.hint'],
    aliases: back?.Aliases.filter((alias) => ['web', 'www', 'api', `${stack.project}-web-1`].includes(alias)),
    inContainer: [`${four}.20/24`, `${six}:20/64`, '169.254.8.8/16', '02:42:00:00:00:20'].filter((text) =>
      addresses.includes(text),
    ),
  }).toEqual({
    asked: { IPv4Address: `${four}.20`, IPv6Address: `${six}:20`, LinkLocalIPs: ['169.254.8.8'] },
    hint: 'fast',
    aliases: [`${stack.project}-web-1`, 'web', 'www', 'api'],
    inContainer: [`${four}.20/24`, `${six}:20/64`, '169.254.8.8/16', '02:42:00:00:00:20'],
  });
});

scenario(
  'a container is in all its networks as it starts, first in that of the highest priority',
  async (stack) => {
    await stack.compose(`
services:
  web: ${guest('networks: { a: , b: { priority: 5 }, c: { priority: 10, aliases: [first] }, d: }')}
networks: { a: , b: , c: , d: }
`);
    await stack.up();
    const networks = await endpointsOf(stack, 'web-1');
    const { HostConfig } = await engineSays<{ HostConfig: { NetworkMode: string } }>(
      `/containers/${stack.project}-web-1/json`,
    );
    expect({
      networks: Object.keys(networks).sort(),
      mode: HostConfig.NetworkMode.replace(stack.project, 'app'),
      firstAliases: networks.c?.Aliases.includes('first'),
      interfaces: await shell(stack, 'web-1', 'ls /sys/class/net | grep -c eth'),
    }).toEqual({ networks: ['a', 'b', 'c', 'd'], mode: 'app_c', firstAliases: true, interfaces: '4' });
  },
);

scenario('gw_priority decides the way to the world, or an old engine is told about', async (stack) => {
  const { four } = subnets();
  await stack.compose(`
services:
  web: ${guest('networks: { a: , b: { gw_priority: 7 } }')}
networks:
  a:
  b: { ipam: { config: [{ subnet: ${four}.0/24, gateway: ${four}.9 }] } }
`);
  const { stderr } = await stack.run('up', '-d');
  const warnings = stderr.split('\n').filter((line) => line.includes('gw_priority'));
  const way = await shell(stack, 'web-1', `ip route | sed -n 's/^default via \\([0-9.]*\\).*/\\1/p'`);
  const { apiVersion } = stack.engine.version;
  const { b } = await endpointsOf(stack, 'web-1');
  const isKnown = isApiAtLeast(apiVersion, '1.48');
  expect({ warnings, way: isKnown ? way : 'any', priority: b?.GwPriority }).toEqual({
    warnings: isKnown
      ? []
      : [
          `warning  compose.yaml:7:40  networks.gw_priority of service "web" needs Docker Engine 28.0 (API 1.48); this engine speaks API ${apiVersion}, and the engine chooses the network that leads to the world`,
        ],
    way: isKnown ? `${four}.9` : 'any',
    priority: isKnown ? 7 : undefined,
  });
});

scenario('all networks of a container can change at once; it keeps names and addresses', async (stack) => {
  const { four } = subnets();
  const file = (version: number) => `
services:
  web: ${guest(`networks:
      a: { priority: 9, ipv4_address: ${four}.20, mac_address: 02:42:00:00:00:77, aliases: [www] }
      b: { aliases: [side] }`)}
  guest: ${guest('networks: [a, b]')}
networks:
  a: { labels: { version: "${version}" }, ipam: { config: [{ subnet: ${four}.0/24 }] } }
  b: { labels: { version: "${version}" } }
`;
  const seen = async () => ({
    found: await shell(
      stack,
      'guest-1',
      'ping -c1 -W2 www >/dev/null && ping -c1 -W2 side >/dev/null && echo both',
    ),
    address: await shell(stack, 'web-1', `ip -o -4 addr | grep -c '${four}.20/'`),
    mac: await shell(stack, 'web-1', 'cat /sys/class/net/eth*/address | grep -c 02:42:00:00:00:77'),
  });
  await stack.compose(file(1));
  await stack.up();
  const before = await seen();
  await stack.compose(file(2));
  await stack.up();
  const all = { found: 'both', address: '1', mac: '1' };
  expect({ before, after: await seen(), planAfterwards: (await stack.run('plan')).exitCode }).toEqual({
    before: all,
    after: all,
    planAfterwards: 0,
  });
});
