import { given } from '../../../model/given.js';
import type { BlkioRate, BlkioSpec, DeviceRequestSpec, ResourceSpec } from '../../../model/resources.js';
import type { DeviceSpec } from '../../../model/service.js';
import { mapOf } from '../from-list.js';
import { listOf, textOf } from './absent-values.js';
import type { InspectedRate, InspectedResources, List } from './inspected-settings.js';

/** Limits; 0 stands for none. */
export function resourcesFromInspect(host: InspectedResources): ResourceSpec {
  return {
    ulimits: new Map(listOf(host.Ulimits).map(({ Name, Soft, Hard }) => [Name, { soft: Soft, hard: Hard }])),
    deviceRequests: listOf(host.DeviceRequests)
      .filter(({ Driver }) => Driver !== cdi)
      .map(deviceRequestOf),
    ...given({
      cpus: limit(host.NanoCpus, 1e9),
      cpuCount: limit(host.CpuCount),
      cpuPercent: limit(host.CpuPercent),
      cpuShares: limit(host.CpuShares),
      cpuPeriod: limit(host.CpuPeriod),
      cpuQuota: limit(host.CpuQuota),
      cpuRealtimePeriod: limit(host.CpuRealtimePeriod),
      cpuRealtimeRuntime: limit(host.CpuRealtimeRuntime),
      cpuset: textOf(host.CpusetCpus),
      memoryBytes: limit(host.Memory),
      memoryReservationBytes: limit(host.MemoryReservation),
      memorySwapBytes: limit(host.MemorySwap),
      memorySwappiness: swappinessOf(host.MemorySwappiness),
      oomKillDisable: host.OomKillDisable === true ? true : undefined,
      oomScoreAdj: limit(host.OomScoreAdj),
      pidsLimit: limit(host.PidsLimit ?? undefined),
      blkio: blkioOf(host),
    }),
  };
}

function limit(value: number | undefined, unit = 1): number | undefined {
  return value === undefined || value === 0 ? undefined : value / unit;
}

/** -1 is how some engines say that none was asked for; 0 is a wish. */
function swappinessOf(value: number | null | undefined): number | undefined {
  return value === null || value === undefined || value < 0 ? undefined : value;
}

function blkioOf(host: InspectedResources): BlkioSpec | undefined {
  const blkio: BlkioSpec = {
    weightDevice: listOf(host.BlkioWeightDevice).map(({ Path, Weight }) => ({ path: Path, weight: Weight })),
    deviceReadBps: ratesOf(host.BlkioDeviceReadBps),
    deviceWriteBps: ratesOf(host.BlkioDeviceWriteBps),
    deviceReadIops: ratesOf(host.BlkioDeviceReadIOps),
    deviceWriteIops: ratesOf(host.BlkioDeviceWriteIOps),
    ...given({ weight: limit(host.BlkioWeight) }),
  };
  const isEmpty = Object.values(blkio).every((value) => Array.isArray(value) && value.length === 0);
  return isEmpty ? undefined : blkio;
}

function ratesOf(rates: List<InspectedRate> | undefined): BlkioRate[] {
  return listOf(rates).map(({ Path, Rate }) => ({ path: Path, rate: Rate }));
}

/** Driver of requests that name devices in CDI form. */
const cdi = 'cdi';

export function devicesFromInspect(host: InspectedResources): {
  readonly devices: readonly DeviceSpec[];
  readonly deviceCgroupRules: readonly string[];
} {
  const cdiNames = listOf(host.DeviceRequests)
    .filter(({ Driver }) => Driver === cdi)
    .flatMap(({ DeviceIDs }) => listOf(DeviceIDs));
  return {
    devices: [
      ...listOf(host.Devices).map(({ PathOnHost, PathInContainer, CgroupPermissions }) => ({
        source: PathOnHost,
        target: PathInContainer,
        permissions: CgroupPermissions,
      })),
      ...cdiNames.map((name) => ({ source: name, target: name, permissions: 'rwm' })),
    ],
    deviceCgroupRules: listOf(host.DeviceCgroupRules),
  };
}

function deviceRequestOf(
  request: NonNullable<InspectedResources['DeviceRequests']>[number],
): DeviceRequestSpec {
  return {
    deviceIds: listOf(request.DeviceIDs),
    capabilities: listOf(request.Capabilities).flat(),
    options: mapOf(request.Options),
    ...given({ driver: textOf(request.Driver), count: limit(request.Count) }),
  };
}
