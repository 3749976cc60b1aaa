/** The machine that an engine runs on, as far as the engine tells. */
export interface EngineMachine {
  /** Its host name. */
  readonly name: string;
  readonly operatingSystem: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** Where images and volumes are, a path of that machine. */
  readonly dataRoot: string;
  /** `overlay2`… */
  readonly storageDriver: string;
  /** `containerd`: images are in containerd's store; `engine`: in the engine's own. */
  readonly imageStore: 'containerd' | 'engine';
  readonly isRootless: boolean;
  /** Milliseconds since 1970; undefined: it does not tell. */
  readonly timeMs: number | undefined;
  /** What the engine itself complains of. */
  readonly warnings: readonly string[];
}

/** A part of an engine's disk use. */
export interface UsedSpace {
  readonly sizeBytes: number;
  /** Of what nothing uses now. */
  readonly reclaimableBytes: number;
}

export interface DiskUse {
  readonly images: UsedSpace;
  readonly containers: UsedSpace;
  readonly volumes: UsedSpace;
  readonly buildCache: UsedSpace;
}

/** A port of the host that a running container has. */
export interface PublishedPort {
  readonly port: number;
  /** `tcp`, `udp`… */
  readonly protocol: string;
  readonly hostIp: string;
  readonly container: string;
  /** undefined: it belongs to none. */
  readonly project: string | undefined;
}
