import type { ResourceSpec } from './resources.js';
import type { RestartSpec } from './service.js';

/** What of a container can be changed while it exists, as `docker update` does; what is left out stays as it is. */
export type LimitSpec = Pick<
  ResourceSpec,
  | 'cpus'
  | 'cpuShares'
  | 'cpuPeriod'
  | 'cpuQuota'
  | 'cpuRealtimePeriod'
  | 'cpuRealtimeRuntime'
  | 'cpuset'
  | 'memoryBytes'
  | 'memoryReservationBytes'
  | 'memorySwapBytes'
  | 'pidsLimit'
> & { readonly restart?: RestartSpec };
