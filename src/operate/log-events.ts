import type { LogLines } from './log-lines.js';

/** A container whose log is shown. */
export interface FollowedContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Which replica; undefined where it is not known. */
  readonly number?: number | undefined;
}

export type FollowEvent =
  | { readonly kind: 'lines'; readonly container: FollowedContainer; readonly lines: LogLines }
  | {
      readonly kind: 'exit';
      readonly container: FollowedContainer;
      readonly exitCode: number;
      readonly next: 'gone' | 'restarts';
    }
  /** The log cannot be shown; the container itself is fine. */
  | { readonly kind: 'trouble'; readonly container: FollowedContainer; readonly message: string };
