import { expect, test } from 'vitest';
import { usageFromStats } from '../../../../src/engine/docker/usage-from-stats.js';

test('usage is the share of all processors between two looks, and memory without what is only cached', () => {
  const usage = usageFromStats({
    cpu_stats: { cpu_usage: { total_usage: 500 }, system_cpu_usage: 4000, online_cpus: 4 },
    precpu_stats: { cpu_usage: { total_usage: 100 }, system_cpu_usage: 2000, online_cpus: 4 },
    memory_stats: { usage: 1000, limit: 4000, stats: { inactive_file: 300 } },
    networks: { eth0: { rx_bytes: 5, tx_bytes: 6 }, eth1: { rx_bytes: 10, tx_bytes: 20 } },
    blkio_stats: {
      io_service_bytes_recursive: [
        { op: 'Read', value: 7 },
        { op: 'write', value: 8 },
        { op: 'Total', value: 15 },
      ],
    },
    pids_stats: { current: 3 },
  });
  expect(usage).toEqual({
    cpuPercent: 80,
    memoryBytes: 700,
    memoryLimitBytes: 4000,
    networkReceivedBytes: 15,
    networkSentBytes: 26,
    blockReadBytes: 7,
    blockWrittenBytes: 8,
    processCount: 3,
  });
});

test('cgroup v1 names the cache otherwise and counts processors by their usage', () => {
  const usage = usageFromStats({
    cpu_stats: { cpu_usage: { total_usage: 50, percpu_usage: [25, 25] }, system_cpu_usage: 100 },
    precpu_stats: {},
    memory_stats: { usage: 1000, stats: { total_inactive_file: 400, inactive_file: 1 } },
  });
  expect([usage.cpuPercent, usage.memoryBytes]).toEqual([100, 600]);
});
