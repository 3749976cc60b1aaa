import { expect, test } from 'vitest';
import type { ObservedNetwork } from '../../../../src/model/observed.js';
import type { IpamSpec } from '../../../../src/model/project.js';
import { networkDifferences } from '../../../../src/plan/resource/network-differences.js';
import { differenceText } from '../../../../src/plan/resource/resource-differences.js';
import { networkOf } from '../../../engine/contract-builders.js';

type Pool = Partial<ObservedNetwork['ipam']['pools'][number]>;

/** `path: old → new` of each difference between pools of the file and those of the engine. */
function poolDifferences(wanted: readonly Pool[], actual: readonly Pool[]): string[] {
  const none = { subnet: undefined, gateway: undefined, ipRange: undefined, auxAddresses: new Map() };
  const observed: ObservedNetwork = {
    id: '1',
    name: 'a',
    driver: 'bridge',
    driverOptions: new Map(),
    isInternal: false,
    isAttachable: false,
    isIpv4Enabled: undefined,
    isIpv6Enabled: false,
    ipam: { driver: 'default', options: new Map(), pools: actual.map((pool) => ({ ...none, ...pool })) },
    labels: new Map(),
  };
  const pools = wanted.map((pool) => ({ auxAddresses: new Map(), ...pool }) as IpamSpec['pools'][number]);
  const network = { ...networkOf('a'), ipam: { pools, options: new Map() } };
  return networkDifferences(network, observed).map(
    (difference) => `${differenceText(difference)}: ${difference.oldValue} → ${difference.newValue}`,
  );
}

const four = '172.30.0.0/16';
const six = 'fd00:1::/64';

test.each<[rule: string, wanted: Pool[], actual: Pool[], differences: string[]]>([
  [
    'what the engine chose beside what was asked for is no difference',
    [{ subnet: four }],
    [{ subnet: four, gateway: '172.30.0.1' }],
    [],
  ],
  [
    'an IPv6 pool that nobody asked for is the choice of the engine',
    [{ subnet: four }],
    [{ subnet: four }, { subnet: six }],
    [],
  ],
  [
    'the order of pools means nothing',
    [{ subnet: six }, { subnet: four }],
    [{ subnet: four }, { subnet: six }],
    [],
  ],
  [
    'addresses are compared by value',
    [{ subnet: 'fd00:1:0::/64', gateway: 'fd00:1:0::1' }],
    [{ subnet: six, gateway: 'fd00:1::1/64' }],
    [],
  ],
  [
    'another subnet is one difference, whatever else its pool says',
    [{ subnet: '172.31.0.0/16', gateway: '172.31.0.9' }],
    [{ subnet: four, gateway: '172.30.0.1' }],
    ['ipam.config[0].subnet: 172.30.0.0/16 → 172.31.0.0/16'],
  ],
  [
    'each attribute of the same pool counts',
    [
      {
        subnet: four,
        gateway: '172.30.0.9',
        ipRange: '172.30.1.0/24',
        auxAddresses: new Map([['a', '172.30.0.7']]),
      },
    ],
    [{ subnet: four, gateway: '172.30.0.1' }],
    [
      'ipam.config[0].gateway: 172.30.0.1 → 172.30.0.9',
      'ipam.config[0].ip_range: undefined → 172.30.1.0/24',
      'ipam.config[0].aux_addresses.a: undefined → 172.30.0.7',
    ],
  ],
  [
    'a pool more is missing',
    [{ subnet: four }, { subnet: six }],
    [{ subnet: four }],
    [`ipam.config[1].subnet: undefined → ${six}`],
  ],
  [
    'a pool less is too many',
    [{ subnet: four }],
    [{ subnet: four }, { subnet: '10.9.0.0/24' }],
    ['ipam.config: 10.9.0.0/24 → undefined'],
  ],
])('%s', (_rule, wanted, actual, differences) => {
  expect(poolDifferences(wanted, actual)).toEqual(differences);
});
