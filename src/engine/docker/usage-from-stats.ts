import type { ContainerUsage } from '../../model/looks.js';

/** What we read of `GET /containers/{id}/stats`. Engines leave out what they do not know. */
export interface EngineStats {
  readonly cpu_stats?: EngineCpu;
  readonly precpu_stats?: EngineCpu;
  readonly memory_stats?: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: Readonly<Record<string, number>>;
  };
  readonly networks?: Readonly<
    Record<string, { readonly rx_bytes?: number; readonly tx_bytes?: number }>
  > | null;
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly { readonly op: string; readonly value: number }[] | null;
  };
  readonly pids_stats?: { readonly current?: number };
}

interface EngineCpu {
  /** Nanoseconds. */
  readonly cpu_usage?: { readonly total_usage?: number; readonly percpu_usage?: readonly number[] | null };
  /** Nanoseconds of all processors of the host. */
  readonly system_cpu_usage?: number;
  readonly online_cpus?: number;
}

/** The figures that `docker stats` makes of a sample. */
export function usageFromStats(stats: EngineStats): ContainerUsage {
  const networks = Object.values(stats.networks ?? {});
  return {
    cpuPercent: cpuPercentOf(stats.precpu_stats ?? {}, stats.cpu_stats ?? {}),
    memoryBytes: memoryOf(stats.memory_stats ?? {}),
    memoryLimitBytes: stats.memory_stats?.limit ?? 0,
    networkReceivedBytes: sum(networks.map(({ rx_bytes = 0 }) => rx_bytes)),
    networkSentBytes: sum(networks.map(({ tx_bytes = 0 }) => tx_bytes)),
    blockReadBytes: blockBytesOf(stats, 'read'),
    blockWrittenBytes: blockBytesOf(stats, 'write'),
    processCount: stats.pids_stats?.current ?? 0,
  };
}

/** Share of the host's time between two looks, times its processors. */
function cpuPercentOf(before: EngineCpu, now: EngineCpu): number {
  const used = (now.cpu_usage?.total_usage ?? 0) - (before.cpu_usage?.total_usage ?? 0);
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  const processors = now.online_cpus || (now.cpu_usage?.percpu_usage?.length ?? 0);
  return used > 0 && passed > 0 ? (used / passed) * processors * 100 : 0;
}

/** cgroup v1 says `total_inactive_file`, v2 `inactive_file`. */
function memoryOf({ usage = 0, stats = {} }: NonNullable<EngineStats['memory_stats']>): number {
  const cached = stats.total_inactive_file ?? stats.inactive_file ?? 0;
  return cached < usage ? usage - cached : usage;
}

function blockBytesOf({ blkio_stats }: EngineStats, operation: 'read' | 'write'): number {
  const entries = blkio_stats?.io_service_bytes_recursive ?? [];
  return sum(entries.filter(({ op }) => op.toLowerCase() === operation).map(({ value }) => value));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
