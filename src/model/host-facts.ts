import type { LockClaim, LockHolder } from './project-lock.js';

/** What the machine that tscompose runs on says of itself. Given from outside; nothing of it throws. */
export interface HostFacts {
  /** `v22.11.0`. */
  readonly nodeVersion: string;
  /** As Node names it: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  readonly hostName: string;
  /** Of the file system that a path is on; undefined: there is no such path here, or nobody may look. */
  freeSpace(path: string): Promise<FreeSpace | undefined>;
  /** What is at a path; `hidden`: this person may not look. */
  kindOf(path: string): Promise<'file' | 'directory' | 'other' | 'missing' | 'hidden'>;
  /** Sockets that wait for others; undefined: this system does not tell. */
  listeners(): Promise<readonly PortListener[] | undefined>;
  /** undefined: there are no such limits. */
  watchLimits(): Promise<WatchLimits | undefined>;
  /** Where locks and what runs in the background are written down. */
  stateFolder(): Promise<StateFolder>;
  /** Who changes a project just now; undefined: nobody. */
  lockHolder(claim: Pick<LockClaim, 'engine' | 'project'>): Promise<LockHolder | undefined>;
  /** The process of ours that keeps a project; undefined: none. */
  keeper(project: string): Promise<ProjectKeeper | undefined>;
}

export interface FreeSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export interface PortListener {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  /** undefined: the process is another user's, and this person may not look. */
  readonly process: { readonly pid: number; readonly name: string } | undefined;
}

/** How many files and trees one user may watch. */
export interface WatchLimits {
  readonly watches: number;
  readonly instances: number;
}

export interface StateFolder {
  readonly path: string;
  readonly isWritable: boolean;
}

export interface ProjectKeeper {
  readonly pid: number;
  /** `reconcile`, `up`, `watch`. */
  readonly command: string;
}
