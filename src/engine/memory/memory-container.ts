import type { ContainerSpec, EndpointRequest, MountRequest } from '../../model/container-spec.js';
import type { ContainerUsage } from '../../model/looks.js';
import type {
  ContainerState,
  HealthState,
  ObservedImage,
  ObservedMount,
  ObservedPort,
} from '../../model/observed.js';
import type { GrantedFile } from '../../model/plan.js';
import type { HookSpec } from '../../model/service.js';
import type { ProgramEnd } from '../engine.js';
import type { ExecSpec } from '../process-port.js';
import type { MemoryProcess } from './memory-streams.js';

/** How the process of a container behaves. Without anything it runs until it is stopped. */
export interface Program {
  /** Exits by itself right after its start. */
  readonly exitCode?: number;
  /** Outcome of its health check right after its start. Counts only for services that have one. */
  readonly health?: Exclude<HealthState, 'starting'>;
  /** What it prints when it starts. */
  readonly output?: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
  /** Exit code when it is told to stop; 143 (SIGTERM) without. */
  readonly stopExitCode?: number;
  /** The engine cannot start it, and says this. */
  readonly startError?: string;
  /** What it uses of the machine, beside its one process. */
  readonly usage?: Partial<ContainerUsage>;
  /** What becomes of a program that is run in it beside its own; without: it ends well and prints nothing. */
  readonly hook?: (program: HookSpec, files: ReadonlyMap<string, GrantedFile>) => ProgramEnd;
  /** What a program does whose streams are at somebody's end; gives its exit code. Without: 0 at once. */
  readonly exec?: (program: ExecSpec, process: MemoryProcess) => Promise<number>;
  /** What its own process does with its streams; gives its exit code. */
  readonly main?: (process: MemoryProcess) => Promise<number>;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly atMs: number;
}

/** A container as the in-memory engine keeps it. */
export interface MemoryContainer {
  readonly id: string;
  name: string;
  spec: ContainerSpec<string>;
  readonly imageId: string;
  readonly image: ObservedImage;
  readonly createdAtMs: number;
  readonly mounts: readonly ObservedMount[];
  /** Names of the volumes that were made for it alone. */
  readonly anonymousVolumes: readonly string[];
  readonly networks: Map<string, { networkId: string; endpoint: EndpointRequest }>;
  readonly log: LogLine[];
  /** Files that were put into it, by path. */
  readonly files: Map<string, GrantedFile>;
  state: ContainerState;
  health: HealthState | undefined;
  ports: readonly ObservedPort[];
  exitCode: number;
  errorText: string;
  startedAtMs: number | undefined;
  finishedAtMs: number | undefined;
  restartCount: number;
  healthLog: { exitCode: number; output: string; endedAtMs: number }[];
}

/** True when the engine starts it again after it has ended by itself. */
export function restartsAfter(container: MemoryContainer, exitCode: number): boolean {
  const restart = container.spec.service.restart;
  if (restart?.policy === 'always' || restart?.policy === 'unless-stopped') return true;
  if (restart?.policy !== 'on-failure' || exitCode === 0) return false;
  return restart.maxRetries === undefined || restart.maxRetries === 0
    ? true
    : container.restartCount < restart.maxRetries;
}

export function hasHealthcheck({ spec }: MemoryContainer): boolean {
  const test = spec.service.healthcheck?.test ?? [];
  return test.length > 0 && test[0] !== 'NONE';
}

/** The mount as the engine reports it. `volumeName` is what it was given, or what was made up for it. */
export function observedMountOf(mount: MountRequest, volumeName: string | undefined): ObservedMount {
  const isVolume = mount.type === 'volume';
  return {
    type: mount.type,
    volumeName: isVolume ? volumeName : undefined,
    source: isVolume ? `/volumes/${volumeName}/_data` : (mount.source ?? ''),
    target: mount.target,
    isReadOnly: mount.isReadOnly,
  };
}
