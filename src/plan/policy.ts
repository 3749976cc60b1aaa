import type { BuildRequestPolicy } from './build/image-build.js';
import type { ElsewherePolicy } from './check/check-descent.js';

/** What a person can ask of `up`, beyond the files. */
export interface UpPolicy {
  /** Services named on the command line; empty: all. */
  readonly services: readonly string[];
  readonly dependencies: 'with-dependencies' | 'without-dependencies';
  /** For the named services. */
  readonly recreate: RecreatePolicy;
  /** For the services that come along as dependencies. */
  readonly recreateDependencies: RecreatePolicy;
  readonly orphans: 'warn' | 'remove' | 'ignore';
  /** What to do when files of another directory have made containers of the project's name. */
  readonly elsewhere: ElsewherePolicy;
  readonly anonymousVolumes: 'inherit' | 'renew';
  /** Whether to look for limits that somebody changed: a request a container. `few`: unless there are many. */
  readonly limitCheck: 'few' | 'all' | 'none';
  /** Volumes, by engine name, that may be made anew when the files changed them: their data is gone then. */
  readonly volumesToReplace: 'none' | 'all' | readonly string[];
  readonly start: 'start' | 'create-only';
  /** `running-or-healthy`: the plan ends with a wait for every service. */
  readonly wait: 'none' | 'running-or-healthy';
  readonly pull: 'policy' | 'always' | 'missing' | 'never';
  /** Whether images with a `build` section are built though they are here. `stale`: if they are not what is there. */
  readonly build: 'missing' | 'always' | 'stale' | 'never';
  /** What is asked of builds, beyond the files. */
  readonly builds?: BuildRequestPolicy | undefined;
  /** Seconds that a container gets to stop; undefined: its own grace period. */
  readonly stopTimeoutSec: number | undefined;
  /** What is special about single containers; without it: nothing. */
  readonly care?: ContainerCare;
}

/** What the control loop knows of single containers, and the files do not say. Containers go by their ids. */
export interface ContainerCare {
  /** Neither started nor replaced, whatever they are like: a person has stopped them. Nobody waits for them. */
  readonly untouched: ReadonlySet<string>;
  /** Not started as they are; replaced when the files say something else. Nobody waits for them. */
  readonly unstarted: ReadonlySet<string>;
  /** What to do about those that run, but are not well. */
  readonly remedies: ReadonlyMap<string, Remedy>;
  /** Services that the files had a while ago: their containers are removed, whatever the policy for orphans. */
  readonly dropped: ReadonlySet<string>;
}

export type Remedy = 'restart' | 'recreate';

export type RecreatePolicy = 'diverged' | 'force' | 'never';

export const defaultUpPolicy: UpPolicy = {
  services: [],
  dependencies: 'with-dependencies',
  recreate: 'diverged',
  recreateDependencies: 'diverged',
  orphans: 'warn',
  elsewhere: 'refuse',
  anonymousVolumes: 'inherit',
  limitCheck: 'few',
  volumesToReplace: 'none',
  start: 'start',
  wait: 'none',
  pull: 'policy',
  build: 'missing',
  stopTimeoutSec: undefined,
};

/** What planning needs from outside and must not get for itself. */
export interface PlanTools {
  /** A collision-resistant digest in lower-case hexadecimal, at least 32 characters. */
  digest(text: string): string;
  /** Our version, for the label that says who made a resource. */
  readonly toolVersion: string;
}
