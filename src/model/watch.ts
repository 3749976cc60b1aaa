import type { HookSpec } from './service.js';

/** What is done when a watched file changes. */
export type WatchAction = 'sync' | 'rebuild' | 'restart' | 'sync+restart' | 'sync+exec';

/** A rule of `develop.watch`. */
export interface WatchRule {
  /** Absolute path of a file or directory, symbolic links followed. It need not be there yet. */
  readonly path: string;
  readonly action: WatchAction;
  /** Where it goes in the container; every sync action has one. */
  readonly target?: string;
  /** Patterns in the syntax of `.dockerignore`, relative to `path`. */
  readonly ignore: readonly string[];
  /** Only what matches counts; empty: everything. */
  readonly include: readonly string[];
  /** Whether everything is brought up to date when watching begins. */
  readonly isSyncedFirst: boolean;
  /** Of `sync+exec`. */
  readonly exec?: HookSpec;
}
