import type { ImageBuild } from './build.js';
import type { InputDifference } from './build-facts.js';
import type { ContainerSpec, EndpointRequest } from './container-spec.js';
import type { ImageLeftReason } from './image-left.js';
import type { MovedPort } from './instance.js';
import type { LimitSpec } from './limits.js';
import type { NetworkSpec, VolumeSpec } from './project.js';
import type { DependencyCondition, HookSpec, ModelSpec, PreStartSpec, ProviderSpec } from './service.js';
import type { Span } from './span.js';

/**
 * What would be done, and why. `steps` are in an order that respects `after`; a step may start as soon as all the
 * steps in its `after` are done. A plan is data: making one changes nothing and asks nobody.
 */
export interface Plan {
  readonly project: string;
  readonly steps: readonly Step[];
  readonly notes: readonly PlanNote[];
}

/** Another container: one that is there, or the one that a step of this plan creates. */
export type ContainerRef =
  | { readonly kind: 'existing'; readonly id: string; readonly name: string }
  | { readonly kind: 'planned'; readonly step: number; readonly name: string };

/** What each kind of step needs. One step is one engine call; waiting is a step too. */
export interface StepFields {
  'create-network': { readonly network: NetworkSpec; readonly labels: ReadonlyMap<string, string> };
  'remove-network': {
    readonly name: string;
    readonly networkId: string;
    readonly whenInUse: 'fail' | 'keep';
  };
  'connect-network': { readonly endpoint: EndpointRequest; readonly container: ContainerRef };
  'disconnect-network': { readonly network: string; readonly container: ContainerRef };
  'create-volume': { readonly volume: VolumeSpec; readonly labels: ReadonlyMap<string, string> };
  'remove-volume': { readonly name: string; readonly whenInUse: 'fail' | 'keep' };
  /** Takes a name off an image; the image goes with its last one. */
  'remove-image': { readonly reference: string; readonly whenInUse: 'fail' | 'keep' };
  /** `optional`: when no registry has it, it is built. */
  'pull-image': {
    readonly reference: string;
    readonly platform: string | undefined;
    readonly need: 'required' | 'optional';
  };
  /** Gives an image to the registry that its name says. */
  'push-image': { readonly reference: string };
  /** `memoryBytes`: how much a RUN of the classic builder gets. */
  'build-image': { readonly build: ImageBuild; readonly memoryBytes: number | undefined };
  'create-container': { readonly spec: ContainerSpec<ContainerRef>; readonly replaces: string | undefined };
  'start-container': { readonly container: ContainerRef };
  'stop-container': { readonly container: ContainerRef; readonly timeoutSec: number | undefined };
  /** Stop and start of the same container, in one call. */
  'restart-container': { readonly container: ContainerRef; readonly timeoutSec: number | undefined };
  'pause-container': { readonly container: ContainerRef };
  'unpause-container': { readonly container: ContainerRef };
  /** `unixSignal`: name with or without SIG, or number. */
  'kill-container': { readonly container: ContainerRef; readonly unixSignal: string };
  'remove-container': { readonly container: ContainerRef; readonly anonymousVolumes: 'keep' | 'remove' };
  /** Sets limits of a container that goes on as it is. */
  'update-container': { readonly container: ContainerRef; readonly limits: LimitSpec };
  'rename-container': { readonly container: ContainerRef; readonly name: string };
  /** Puts configs and secrets that are no files of the host into a new container. */
  'write-files': { readonly container: ContainerRef; readonly files: readonly GrantedFile[] };
  /**
   * Runs one pre_start step to its end, in a container of its own. One step of the plan, although several calls: what
   * the container leaves must go again whatever comes between.
   */
  'run-pre-start': {
    readonly spec: ContainerSpec<ContainerRef>;
    readonly hook: PreStartSpec;
    /** Its place in the list of the service, from 0. */
    readonly index: number;
    /** Configs and secrets that are no files of the host. */
    readonly files: readonly GrantedFile[];
  };
  /** Has docker's model runner get a model ready. */
  'prepare-model': { readonly model: ModelSpec };
  /** Runs a program of the host that stands for a service. */
  'run-provider': { readonly provider: ProviderSpec; readonly action: ProviderAction };
  'run-hook': {
    readonly container: ContainerRef;
    readonly hook: HookSpec;
    readonly phase: 'post_start' | 'pre_stop';
  };
  wait: {
    readonly containers: readonly ContainerRef[];
    readonly condition: WaitCondition;
    /** `optional`: a failure is a warning, and what follows goes on. */
    readonly need: 'required' | 'optional';
  };
}

export type ProviderAction = 'up' | 'down' | 'stop';

/** A config or secret as a file in the container. Its content is not for anybody's eyes. */
export interface GrantedFile {
  readonly path: string;
  readonly content: string | RegistryCredentials | HostFile;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** What the docker client of this person knows of registries: looked up when it is written, and never in a plan. */
export interface RegistryCredentials {
  readonly kind: 'registry-credentials';
}

/** A file of this machine, read when it is written into the container. */
export interface HostFile {
  readonly kind: 'host-file';
  /** Absolute. */
  readonly path: string;
}

export type WaitCondition = Exclude<DependencyCondition, 'service_started'> | 'running_or_healthy';

export type StepKind = keyof StepFields;

interface StepBase {
  /** Counts from 1 in the order of `steps`. */
  readonly id: number;
  /** These must be done first; when one fails, this step is skipped. */
  readonly after: readonly number[];
  /** These must have ended first, however. */
  readonly afterSettled: readonly number[];
  readonly reason: Reason;
  /** The service it is for; undefined for networks, volumes and orphans. */
  readonly service: string | undefined;
}

export type StepOf<K extends StepKind> = { readonly kind: K } & StepBase & StepFields[K];
export type Step = { [K in StepKind]: StepOf<K> }[StepKind];

/** Why a step is there: data, so that each reader can put it in its own words. */
export type Reason =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'changed'; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'forced' }
  | { readonly kind: 'unknown-origin' }
  | { readonly kind: 'broken'; readonly state: string }
  /** Its health check fails, and the files say what to do then. */
  | { readonly kind: 'unhealthy' }
  | { readonly kind: 'not-running'; readonly state: string; readonly exitCode: number | undefined }
  /** Somebody stopped or killed it. */
  | { readonly kind: 'stopped'; readonly exitCode: number | undefined }
  /** Somebody gave it another name. */
  | { readonly kind: 'renamed'; readonly found: string }
  /** Somebody changed limits of it; old is what it has, new what the files say. */
  | { readonly kind: 'updated'; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'not-attached'; readonly network: string }
  | { readonly kind: 'not-mounted'; readonly volume: string }
  | { readonly kind: 'parent-recreated'; readonly service: string; readonly shares: string }
  | { readonly kind: 'dependency-recreated'; readonly service: string }
  | { readonly kind: 'dependency-restarted'; readonly service: string }
  | { readonly kind: 'network-recreated'; readonly network: string }
  | { readonly kind: 'volume-replaced'; readonly volume: string }
  | { readonly kind: 'too-many'; readonly wanted: number }
  | { readonly kind: 'too-few'; readonly wanted: number }
  | { readonly kind: 'created'; readonly step: number }
  | { readonly kind: 'replaced'; readonly by: number }
  | { readonly kind: 'left-over' }
  | { readonly kind: 'orphan' }
  | { readonly kind: 'needed-by'; readonly services: readonly string[] }
  | { readonly kind: 'missing-image' }
  /** What the image was built from is not what is there now. */
  | { readonly kind: 'stale'; readonly differences: readonly InputDifference[] }
  | { readonly kind: 'other-platform'; readonly here: string; readonly wanted: string }
  | { readonly kind: 'pull-policy'; readonly policy: string }
  /** `ageMs` undefined: the engine does not know when it came. */
  | { readonly kind: 'image-too-old'; readonly intervalMs: number; readonly ageMs: number | undefined }
  | { readonly kind: 'requested' };

/** One attribute that differs, with its path as in the file: `environment.MODE`. */
export interface FieldChange {
  readonly path: string;
  /** undefined: was not there, or cannot be read back from the engine (then `isOldKnown` is false). */
  readonly oldValue: string | undefined;
  readonly isOldKnown: boolean;
  /** undefined: is not there any more. */
  readonly newValue: string | undefined;
  /** Where the new value is written. */
  readonly span: Span | undefined;
  /** True: never show the values, whatever the name. */
  readonly isSecret: boolean;
}

export type PlanNote =
  /** Before everything else, and not among the steps: what comes may change more. */
  | {
      readonly kind: 'pulled-first';
      readonly reference: string;
      readonly need: 'required' | 'optional';
      readonly reason: Reason;
    }
  | {
      readonly kind: 'built-first';
      readonly service: string;
      readonly reference: string;
      readonly reason: Reason;
    }
  /** The image is not what the files would make now; only `up --build` builds it. */
  | {
      readonly kind: 'image-stale';
      readonly service: string;
      readonly reference: string;
      readonly differences: readonly InputDifference[];
    }
  /** The service's image is neither pulled nor pushed. */
  | {
      readonly kind: 'image-left';
      readonly action: 'pull' | 'push';
      readonly service: string;
      readonly reference: string;
      readonly why: ImageLeftReason;
    }
  | { readonly kind: 'provider-first'; readonly service: string; readonly type: string }
  | { readonly kind: 'model-first'; readonly key: string; readonly model: string }
  | { readonly kind: 'kept'; readonly resource: 'network' | 'volume' | 'container'; readonly name: string }
  | { readonly kind: 'orphans'; readonly names: readonly string[] }
  /**
   * Containers of the project's name that are not from the files that are loaded. `moved`: their files are not there
   * any more; `adopted`: they are, in another directory, and these go on with them; `other-files`: other files of this
   * directory made them, and they are left alone.
   */
  | {
      readonly kind: 'moved' | 'adopted' | 'other-files';
      /** Absolute paths, for people. */
      readonly files: string;
      readonly names: readonly string[];
    }
  /** The plan is that of an instance of a project, with host ports of its own. */
  | {
      readonly kind: 'instance';
      readonly name: string;
      readonly project: string;
      readonly ports: readonly MovedPort[];
    }
  /** So many containers that nobody looked whether somebody changed their limits. */
  | { readonly kind: 'limits-unchecked'; readonly containers: number }
  /** What a restart does not change: containers of the service are not what the files say. */
  | { readonly kind: 'service-differs'; readonly service: string; readonly changes: readonly FieldChange[] }
  /** The engine is too old for a key, and can do without. */
  | {
      readonly kind: 'needs-newer-engine';
      readonly key: string;
      /** `service "web"`, `network "app_back"`. */
      readonly users: readonly string[];
      readonly product: string;
      readonly neededApi: string;
      readonly presentApi: string;
      /** What it is like without. */
      readonly without: string;
      /** The first place that says it. */
      readonly span: Span | undefined;
    }
  | { readonly kind: 'foreign-network'; readonly name: string; readonly project: string }
  | {
      readonly kind: 'foreign-volume';
      readonly name: string;
      readonly project: string | undefined;
      /** What the file says otherwise. */
      readonly changes: readonly FieldChange[];
    }
  | { readonly kind: 'volume-differs'; readonly name: string; readonly changes: readonly FieldChange[] };
