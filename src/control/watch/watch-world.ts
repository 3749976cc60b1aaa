import type { Engine } from '../../engine/engine.js';
import type { Project } from '../../model/project.js';
import type { WatchEvent } from '../../model/watch-event.js';
import type { TimerClock } from '../timer-clock.js';
import type { ScopedRule } from './scoped-rule.js';
import type { TreeReader } from './tree-reader.js';

/** What watching does beside copying files: it knows neither plans nor where patterns come from. */
export interface WatchWorld {
  readonly engine: Engine;
  readonly reader: TreeReader;
  /** Makes a holder of watches that calls `onHint` with paths. */
  watches(onHint: (path: string) => void): Watches;
  /** Builds images and makes the containers that use them anew. Throws ApplyError when that fails. */
  rebuild(project: Project, services: readonly string[]): Promise<void>;
  restart(project: Project, services: readonly string[]): Promise<void>;
  readonly clock: TimerClock;
  emit(event: WatchEvent): void;
}

/** See DirectoryWatches. */
export interface Watches {
  readonly count: number;
  enter(directory: string): void;
  leave(directory: string): void;
  close(): void;
}

/** What to watch now. */
export interface WatchScope {
  readonly project: Project;
  readonly rules: readonly ScopedRule[];
}

export type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never;
