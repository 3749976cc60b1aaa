import type { BlkioRate, BlkioSpec, DeviceRequestSpec, ResourceSpec } from '../../model/resources.js';
import type { DeviceSpec, ServiceSpec } from '../../model/service.js';
import { defined, type JsonObject, mapUnlessEmpty, sortedEntries, unlessEmpty } from './body-fields.js';

/** CPU, memory, block I/O and process limits of `HostConfig`. */
export function resourceFieldsOf(resources: ResourceSpec): JsonObject {
  return {
    NanoCpus: resources.cpus === undefined ? undefined : Math.round(resources.cpus * 1e9),
    CpuCount: resources.cpuCount,
    CpuPercent: resources.cpuPercent,
    CpuShares: resources.cpuShares,
    CpuPeriod: resources.cpuPeriod,
    CpuQuota: resources.cpuQuota,
    CpuRealtimePeriod: resources.cpuRealtimePeriod,
    CpuRealtimeRuntime: resources.cpuRealtimeRuntime,
    CpusetCpus: resources.cpuset,
    Memory: resources.memoryBytes,
    MemoryReservation: resources.memoryReservationBytes,
    MemorySwap: resources.memorySwapBytes,
    MemorySwappiness: resources.memorySwappiness,
    OomKillDisable: resources.oomKillDisable,
    OomScoreAdj: resources.oomScoreAdj,
    // The engine reads 0 as a limit of no processes at all on some versions; it means "no limit" in the file.
    PidsLimit: resources.pidsLimit === 0 ? undefined : resources.pidsLimit,
    Ulimits: unlessEmpty(
      sortedEntries(resources.ulimits).map(([Name, { soft, hard }]) => ({ Name, Soft: soft, Hard: hard })),
    ),
    ...blkioFieldsOf(resources.blkio),
  };
}

function blkioFieldsOf(blkio: BlkioSpec | undefined): JsonObject {
  if (blkio === undefined) return {};
  const rates = (list: readonly BlkioRate[]) =>
    unlessEmpty(list.map(({ path, rate }) => ({ Path: path, Rate: rate })));
  return {
    BlkioWeight: blkio.weight,
    BlkioWeightDevice: unlessEmpty(
      blkio.weightDevice.map(({ path, weight }) => ({ Path: path, Weight: weight })),
    ),
    BlkioDeviceReadBps: rates(blkio.deviceReadBps),
    BlkioDeviceWriteBps: rates(blkio.deviceWriteBps),
    BlkioDeviceReadIOps: rates(blkio.deviceReadIops),
    BlkioDeviceWriteIOps: rates(blkio.deviceWriteIops),
  };
}

/** Devices of the host, those named in CDI form (`vendor/class=name`) and GPUs. */
export function deviceFieldsOf(service: ServiceSpec): JsonObject {
  const cdiNames = service.devices.filter(isCdiName).map(({ source }) => source);
  const cdiRequest = cdiNames.length === 0 ? [] : [{ Driver: 'cdi', DeviceIDs: cdiNames }];
  return {
    Devices: unlessEmpty(
      service.devices
        .filter((device) => !isCdiName(device))
        .map(({ source, target, permissions }) => ({
          PathOnHost: source,
          PathInContainer: target,
          CgroupPermissions: permissions,
        })),
    ),
    DeviceCgroupRules: unlessEmpty(service.deviceCgroupRules),
    DeviceRequests: unlessEmpty([...service.resources.deviceRequests.map(deviceRequestOf), ...cdiRequest]),
  };
}

function isCdiName({ source, target }: DeviceSpec): boolean {
  return source === target && /^[A-Za-z][\w.-]*\/[A-Za-z][\w-]*=[\w.:-]+$/.test(source);
}

function deviceRequestOf(request: DeviceRequestSpec): JsonObject {
  return defined({
    Driver: request.driver,
    Count: request.count,
    DeviceIDs: unlessEmpty(request.deviceIds),
    // The outer list means "or": all of ours are wanted together.
    Capabilities: [request.capabilities],
    Options: mapUnlessEmpty(request.options),
  });
}
