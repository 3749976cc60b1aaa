import type { WatchAction } from './watch.js';

/** What watching tells: facts, no prose. Paths are absolute; times are milliseconds since 1970. */
export type WatchEvent =
  | WatchFact
  /** From now on every change counts. */
  | {
      readonly kind: 'watch-enabled';
      readonly rules: readonly WatchedRule[];
      /** Watches that the system holds for it. */
      readonly watchCount: number;
      readonly durationMs: number;
      readonly atMs: number;
    }
  | { readonly kind: 'watch-disabled'; readonly atMs: number }
  /** Something is about to be done because of changes. */
  | {
      readonly kind: 'watch-acting';
      readonly action: WatchDeed;
      readonly services: readonly string[];
      readonly files: readonly string[];
      readonly atMs: number;
    }
  /** It is done. */
  | {
      readonly kind: 'watch-acted';
      readonly action: WatchDeed;
      readonly services: readonly string[];
      readonly files: readonly string[];
      /** Names of the containers that it was done to. */
      readonly containers: readonly string[];
      /** Since the first of the changes was noticed. */
      readonly durationMs: number;
      readonly atMs: number;
    }
  /** It could not be done. What runs goes on as it is. */
  | {
      readonly kind: 'watch-failed';
      readonly action: WatchDeed | 'watch';
      readonly services: readonly string[];
      readonly files: readonly string[];
      readonly error: Error;
      readonly atMs: number;
    }
  /** What the command of `sync+exec` has written, and how it ended. */
  | {
      readonly kind: 'watch-exec-ended';
      readonly service: string;
      readonly container: string;
      readonly command: readonly string[];
      readonly output: string;
      readonly exitCode: number;
      readonly atMs: number;
    };

/** `catch-up`: a container that is new gets what the others have got. */
export type WatchDeed = 'sync' | 'first-sync' | 'catch-up' | 'rebuild' | 'restart' | 'exec' | 'reload';

/** Things to know about rules, told once. */
export type WatchFact = {
  readonly kind: 'watch-note';
  readonly service: string;
  readonly path: string;
  readonly why: /** It may come. */
    | 'path-missing'
    /** The container sees the files of this machine anyway; the rule does not count. */
    | 'bind-mounted'
    /** What is copied to a tmpfs from outside lands below it. */
    | 'target-on-tmpfs'
    | 'exec-without-command';
  readonly atMs: number;
};

/** A rule that counts. */
export interface WatchedRule {
  readonly service: string;
  readonly action: WatchAction;
  readonly path: string;
  readonly target: string | undefined;
}
