export type MountType = 'bind' | 'volume' | 'tmpfs' | 'image' | 'npipe' | 'cluster';

export interface MountSpec {
  readonly type: MountType;
  /** Key of a project volume, absolute host path, or image reference; undefined for tmpfs and anonymous volumes. */
  readonly source?: string;
  readonly target: string;
  readonly isReadOnly: boolean;
  readonly consistency?: string;
  readonly bind?: {
    readonly propagation?: string;
    /** True: a missing host path is made as a directory. */
    readonly createHostPath: boolean;
    readonly recursive?: string;
    readonly selinux?: string;
  };
  readonly volume?: {
    readonly nocopy: boolean;
    readonly subpath?: string;
    readonly labels: ReadonlyMap<string, string>;
  };
  readonly tmpfs?: { readonly sizeBytes?: number; readonly mode?: number };
  readonly image?: { readonly subpath?: string };
}

/** A config or secret given to a service. */
export interface FileGrantSpec {
  /** Key in the project's configs or secrets. */
  readonly source: string;
  /** Absolute path in the container. */
  readonly target: string;
  readonly uid?: string;
  readonly gid?: string;
  /** File mode bits, for example 0o444. */
  readonly mode?: number;
}
