import type { TestMark } from '../test-mark.js';

/** To be called with the name of the project before anything is made for it. */
export type Begin = (project: string) => void;

/** How long a stack stays, and who has a say in that. */
export interface Stay {
  /** Name of the instance of the project that it is. */
  readonly instance: string;
  /** What its containers, networks and volumes say of it. */
  readonly mark: TestMark;
  /** Its ports the last time, as a text; undefined: there was none, or it does not live that long. */
  ports(): Promise<string | undefined>;
  keepPorts(text: string): Promise<void>;
  /** Brings it up, as far as it is not. Whatever comes of that, `leave` has to follow. */
  enter(bringUp: (begin: Begin) => Promise<void>, signal: AbortSignal | undefined): Promise<void>;
  /** Takes it down, if it does not stay. */
  leave(takeDown: () => Promise<void>): Promise<void>;
}
