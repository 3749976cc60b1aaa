import type { NetworkSpec } from '../../model/project.js';
import { isAtLeast } from './api-version.js';
import { defined, type JsonObject, mapUnlessEmpty, unlessEmpty } from './body-fields.js';

/** Body of `POST /networks/create`. */
export function networkBodyOf(
  network: NetworkSpec,
  labels: ReadonlyMap<string, string>,
  apiVersion: string,
): JsonObject {
  return defined({
    Name: network.name,
    // Without it engines up to 24 make a second network of the same name.
    CheckDuplicate: true,
    Driver: network.driver,
    Options: mapUnlessEmpty(network.driverOptions),
    Attachable: network.isAttachable ? true : undefined,
    Internal: network.isInternal ? true : undefined,
    EnableIPv4: isAtLeast(apiVersion, '1.48') ? network.enableIpv4 : undefined,
    EnableIPv6: network.enableIpv6,
    Labels: mapUnlessEmpty(labels),
    IPAM: ipamOf(network),
  });
}

function ipamOf({ ipam }: NetworkSpec): JsonObject | undefined {
  if (ipam === undefined) return undefined;
  const pools = ipam.pools.map((pool) =>
    defined({
      Subnet: pool.subnet,
      IPRange: pool.ipRange,
      Gateway: pool.gateway,
      AuxiliaryAddresses: mapUnlessEmpty(pool.auxAddresses),
    }),
  );
  const body = defined({
    Driver: ipam.driver,
    Config: unlessEmpty(pools),
    Options: mapUnlessEmpty(ipam.options),
  });
  return Object.keys(body).length === 0 ? undefined : body;
}
