import type { Span } from './span.js';

/** What a look at one thing has shown. */
export interface Finding {
  readonly topic: FindingTopic;
  /** What was looked at, the same for ever: `engine-clock`. Several findings may share it. */
  readonly check: string;
  /** `warning`: it works, but not as one may think; `problem`: something does not work until it is changed. */
  readonly state: 'ok' | 'warning' | 'problem';
  /** One sentence without a full stop. Without secrets. */
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
  /** The place of the file that it is about. */
  readonly span?: Span;
}

/** In the order in which they are shown. */
export const findingTopics = [
  'tscompose',
  'engine',
  'disk',
  'project',
  'images',
  'ports',
  'files',
  'containers',
] as const;

export type FindingTopic = (typeof findingTopics)[number];
