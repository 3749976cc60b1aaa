import type { ObservedIpam, ObservedNetwork, ObservedPool } from '../../model/observed.js';
import type { IpamSpec, NetworkSpec } from '../../model/project.js';
import { isSameAddress, isSameSubnet, parseIpAddress } from './ip-address.js';
import { type Difference, mapDifferences, textDifferences } from './resource-differences.js';

type PoolSpec = IpamSpec['pools'][number];

/**
 * What the file says of a network and the engine has otherwise. What the file leaves open is the engine's own choice:
 * an automatic subnet, the default driver, options and labels that others added. Only `internal` and `attachable` are
 * nobody's choice: without the key they are off.
 */
export function networkDifferences(network: NetworkSpec, actual: ObservedNetwork): Difference[] {
  return [
    ...textDifferences(['driver'], network.driver, actual.driver),
    ...flagDifferences('attachable', network.isAttachable, actual.isAttachable),
    ...flagDifferences('internal', network.isInternal, actual.isInternal),
    ...flagDifferences('enable_ipv4', network.enableIpv4, actual.isIpv4Enabled),
    ...flagDifferences('enable_ipv6', network.enableIpv6, actual.isIpv6Enabled),
    ...ipamDifferences(network.ipam, actual.ipam),
    ...mapDifferences(['driver_opts'], network.driverOptions, actual.driverOptions),
    ...mapDifferences(['labels'], network.labels, actual.labels),
  ];
}

/** What the engine has for an attribute, as fingerprints are keyed; undefined: nothing. */
export function readBackNetwork(id: string, actual: ObservedNetwork): string | undefined {
  const key = id.slice(id.indexOf('.') + 1);
  if (id.startsWith('labels.')) return actual.labels.get(key);
  if (id.startsWith('driver_opts.')) return actual.driverOptions.get(key);
  return simpleReaders[id]?.(actual);
}

const simpleReaders: Readonly<Record<string, (actual: ObservedNetwork) => string | undefined>> = {
  driver: ({ driver }) => driver,
  attachable: ({ isAttachable }) => String(isAttachable),
  internal: ({ isInternal }) => String(isInternal),
  enable_ipv4: ({ isIpv4Enabled }) => isIpv4Enabled?.toString(),
  enable_ipv6: ({ isIpv6Enabled }) => String(isIpv6Enabled),
  ipam: ({ ipam }) => ipam.pools.map(({ subnet }) => subnet).join(', ') || undefined,
};

function flagDifferences(
  key: string,
  wanted: boolean | undefined,
  actual: boolean | undefined,
): Difference[] {
  if (wanted === undefined || wanted === actual) return [];
  // Engines that do not tell of IPv4 always have it.
  if (actual === undefined && wanted) return [];
  return [
    {
      path: [key],
      oldValue: actual?.toString(),
      isOldKnown: actual !== undefined,
      newValue: String(wanted),
    },
  ];
}

function ipamDifferences(wanted: IpamSpec | undefined, actual: ObservedIpam): Difference[] {
  if (wanted === undefined) return [];
  return [
    ...textDifferences(['ipam', 'driver'], wanted.driver, actual.driver),
    ...mapDifferences(['ipam', 'options'], wanted.options, actual.options),
    ...wanted.pools.flatMap((pool, index) => poolDifferences(pool, index, wanted, actual)),
    ...poolsTooMany(wanted, actual),
  ];
}

function poolDifferences(
  pool: PoolSpec,
  index: number,
  wanted: IpamSpec,
  actual: ObservedIpam,
): Difference[] {
  const path = ['ipam', 'config', index] as const;
  const found =
    pool.subnet === undefined
      ? actual.pools[index]
      : actual.pools.find(({ subnet }) => subnet !== undefined && isSameSubnet(pool.subnet ?? '', subnet));
  if (found === undefined) {
    const other = actual.pools.find((candidate) => isOpen(candidate, wanted) && isAlike(candidate, pool));
    return textDifferences([...path, 'subnet'], pool.subnet, other?.subnet);
  }
  return [
    ...textDifferences([...path, 'gateway'], pool.gateway, found.gateway, isSameAddress),
    ...textDifferences([...path, 'ip_range'], pool.ipRange, found.ipRange, isSameSubnet),
    ...mapDifferences([...path, 'aux_addresses'], pool.auxAddresses, found.auxAddresses, isSameAddress),
  ];
}

/** Pools beyond those of the file, unless the file says nothing about their family: then the engine chose them. */
function poolsTooMany(wanted: IpamSpec, actual: ObservedIpam): Difference[] {
  const named = wanted.pools.filter(({ subnet }) => subnet !== undefined);
  const surplus = actual.pools.filter(
    (pool) => isOpen(pool, wanted) && named.some((candidate) => isAlike(pool, candidate)),
  );
  const replaced = named.filter((pool) => !actual.pools.some((found) => isSamePool(pool, found)));
  return surplus.slice(replaced.length).map(({ subnet }) => ({
    path: ['ipam', 'config'],
    oldValue: subnet,
    isOldKnown: true,
    newValue: undefined,
  }));
}

/** No pool of the file is this one. */
function isOpen(pool: ObservedPool, { pools }: IpamSpec): boolean {
  return !pools.some((candidate) => isSamePool(candidate, pool));
}

function isSamePool({ subnet }: PoolSpec, actual: ObservedPool): boolean {
  return subnet !== undefined && actual.subnet !== undefined && isSameSubnet(subnet, actual.subnet);
}

/** Both IPv4, or both IPv6. */
function isAlike(actual: ObservedPool, { subnet }: PoolSpec): boolean {
  return parseIpAddress(actual.subnet ?? '')?.family === parseIpAddress(subnet ?? '')?.family;
}
