export interface ResourceSpec {
  /** CPUs, fractions allowed. */
  readonly cpus?: number;
  readonly cpuCount?: number;
  readonly cpuPercent?: number;
  readonly cpuShares?: number;
  /** Microseconds. */
  readonly cpuPeriod?: number;
  readonly cpuQuota?: number;
  readonly cpuRealtimePeriod?: number;
  readonly cpuRealtimeRuntime?: number;
  readonly cpuset?: string;
  readonly memoryBytes?: number;
  readonly memoryReservationBytes?: number;
  /** Memory and swap together; -1: no limit. */
  readonly memorySwapBytes?: number;
  readonly memorySwappiness?: number;
  readonly oomKillDisable?: boolean;
  readonly oomScoreAdj?: number;
  readonly pidsLimit?: number;
  readonly ulimits: ReadonlyMap<string, { readonly soft: number; readonly hard: number }>;
  readonly blkio?: BlkioSpec;
  readonly deviceRequests: readonly DeviceRequestSpec[];
}

export interface BlkioSpec {
  readonly weight?: number;
  readonly weightDevice: readonly { readonly path: string; readonly weight: number }[];
  readonly deviceReadBps: readonly BlkioRate[];
  readonly deviceWriteBps: readonly BlkioRate[];
  readonly deviceReadIops: readonly BlkioRate[];
  readonly deviceWriteIops: readonly BlkioRate[];
}

export interface BlkioRate {
  readonly path: string;
  /** Bytes or operations a second. */
  readonly rate: number;
}

export interface DeviceRequestSpec {
  readonly driver?: string;
  /** -1: all. */
  readonly count?: number;
  readonly deviceIds: readonly string[];
  readonly capabilities: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}
