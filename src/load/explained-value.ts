import type { Span, ValuePath } from '../model/span.js';
import type { EnvironmentLayer } from './environment-layers.js';
import type { ProvenanceStep } from './place.js';
import type { WireValue } from './wire/wire-value.js';

/** A variable that a value was made with. */
export interface ExplainedVariable {
  readonly name: string;
  /** The kind of the layer that sets it; undefined: nothing does, and the text says what then. */
  readonly source?: EnvironmentLayer['kind'];
  readonly span?: Span;
  /** What the text says instead when the variable is not set, as it is written. */
  readonly fallback?: string;
}

/** One thing that happened to a value. `span` is the other side: what it replaced, joined, or came through. */
export interface ExplainedStep {
  readonly rule: RuleWord;
  readonly span?: Span;
  /** The anchor, the base service or the included file. */
  readonly name?: string;
  readonly variables?: readonly ExplainedVariable[];
  /** What had happened to the other side, for `replaced` and `overridden`. */
  readonly before?: readonly ExplainedStep[];
}

export type RuleWord = ProvenanceStep['rule'] | 'written' | 'code' | 'reset' | 'env_file' | 'label_file';

/** A value of the canonical model, and where it comes from. */
export interface ExplainedValue {
  readonly path: ValuePath;
  /** A scalar, or an empty collection; undefined for what `!reset` took away. */
  readonly value: WireValue | undefined;
  /** Where it stands; undefined when no file says it. */
  readonly span?: Span;
  /** What happened to it, the latest first; never empty. */
  readonly steps: readonly ExplainedStep[];
}
