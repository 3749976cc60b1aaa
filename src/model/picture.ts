/** A project as something to look at: short texts, and what belongs together. */
export interface Picture {
  readonly project: string;
  /** By tier, within it by name. */
  readonly services: readonly PicturedService[];
  /** Only between services of the picture. */
  readonly needs: readonly PicturedNeed[];
  readonly networks: readonly PicturedResource[];
  readonly volumes: readonly PicturedResource[];
}

export interface PicturedService {
  readonly name: string;
  /** 0: needs nothing; otherwise one more than the highest tier of what it needs. */
  readonly tier: number;
  /** Image, provider, or what it is built from. */
  readonly origin: string;
  /** What is special about it: `profile debug, off`, `3 replicas`, `job`. */
  readonly marks: readonly string[];
  /** No active profile enables it, or other services were asked for. */
  readonly isActive: boolean;
  /** What there is to say of it, by kind; kinds without a value are left out. */
  readonly facts: readonly PicturedFact[];
  /** Keys of networks. */
  readonly networks: readonly string[];
}

export interface PicturedFact {
  readonly kind: 'ports' | 'networks' | 'volumes' | 'binds' | 'configs' | 'secrets';
  readonly values: readonly string[];
}

/** `from` needs `to`. */
export interface PicturedNeed {
  readonly from: string;
  readonly to: string;
  /** What it waits for; undefined: for the start alone. */
  readonly state: 'healthy' | 'completed' | undefined;
  /** `optional`, or what binds it closer: `shares its network`. */
  readonly marks: readonly string[];
}

export interface PicturedResource {
  readonly key: string;
  /** The engine's name, when people would not guess it. */
  readonly name?: string;
  /** `external`, `internal`, a driver. */
  readonly marks: readonly string[];
  /** Names of services, in the order of the picture. */
  readonly users: readonly string[];
}
