import { given } from '../../model/given.js';
import type { BlkioRate, BlkioSpec, DeviceRequestSpec, ResourceSpec } from '../../model/resources.js';
import type { WireValue } from '../wire/wire-value.js';
import { wireEntries, wireField, wireNumber } from '../wire/wire-value.js';
import type { WireReader } from './read-wire.js';

/** What a container may use; `deploy` wins over the attributes of the service. */
export function toResources(wire: WireReader): ResourceSpec {
  const limits = wire.in('deploy').in('resources').in('limits');
  const reservations = wire.in('deploy').in('resources').in('reservations');
  return {
    ulimits: toUlimits(wire.field('ulimits')),
    deviceRequests: [
      ...wire.items('gpus').map((request) => toDeviceRequest(request, ['gpu'])),
      ...reservations.items('devices').map((request) => toDeviceRequest(request, [])),
    ],
    ...given({
      cpus: limits.number('cpus') ?? wire.number('cpus'),
      cpuCount: wire.number('cpu_count'),
      cpuPercent: wire.number('cpu_percent'),
      cpuShares: wire.number('cpu_shares'),
      cpuPeriod: wire.number('cpu_period'),
      cpuQuota: wire.number('cpu_quota'),
      cpuRealtimePeriod: wire.number('cpu_rt_period'),
      cpuRealtimeRuntime: wire.number('cpu_rt_runtime'),
      cpuset: wire.text('cpuset'),
      memoryBytes: limits.bytes('memory') ?? wire.bytes('mem_limit'),
      memoryReservationBytes: reservations.bytes('memory') ?? wire.bytes('mem_reservation'),
      memorySwapBytes: wire.bytes('memswap_limit'),
      memorySwappiness: wire.bytes('mem_swappiness'),
      oomKillDisable: wire.explicitFlag('oom_kill_disable'),
      oomScoreAdj: wire.number('oom_score_adj'),
      pidsLimit: limits.number('pids') ?? wire.number('pids_limit'),
      blkio: wire.has('blkio_config') ? toBlkio(wire.in('blkio_config')) : undefined,
    }),
  };
}

/** Limits by name, `soft` and `hard` the same where one number is given. */
export function toUlimits(value: WireValue | undefined): ResourceSpec['ulimits'] {
  const entries = [...wireEntries(value)];
  return new Map(
    entries.map(([name, limit]) => {
      const single = wireNumber(limit);
      const soft = single ?? wireNumber(wireField(limit, 'soft')) ?? 0;
      return [name, { soft, hard: single ?? wireNumber(wireField(limit, 'hard')) ?? 0 }];
    }),
  );
}

function toDeviceRequest(wire: WireReader, capabilities: readonly string[]): DeviceRequestSpec {
  return {
    deviceIds: wire.texts('device_ids'),
    capabilities: [...new Set([...wire.texts('capabilities'), ...capabilities])],
    options: wire.textMap('options'),
    ...given({ driver: wire.text('driver'), count: wire.number('count') }),
  };
}

function toBlkio(wire: WireReader): BlkioSpec {
  const rates = (name: string): BlkioRate[] =>
    wire.items(name).map((item) => ({ path: item.text('path') ?? '', rate: item.bytes('rate') ?? 0 }));
  return {
    weightDevice: wire
      .items('weight_device')
      .map((item) => ({ path: item.text('path') ?? '', weight: item.number('weight') ?? 0 })),
    deviceReadBps: rates('device_read_bps'),
    deviceWriteBps: rates('device_write_bps'),
    deviceReadIops: rates('device_read_iops'),
    deviceWriteIops: rates('device_write_iops'),
    ...given({ weight: wire.number('weight') }),
  };
}
