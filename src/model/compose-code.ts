import type { ValuePath } from './span.js';

/** Something in a file of code, by character offsets. */
export interface CodeSpan {
  /** Absolute. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** What is meant is not written out: the code here makes it, or makes what it is in. */
  readonly isInside?: true;
}

/** A value of the Compose format that code made, each part with the place where it is written. */
export type CodeValue =
  | { readonly kind: 'scalar'; readonly value: CodeScalar; readonly at: CodeSpan }
  | { readonly kind: 'list'; readonly items: readonly CodeValue[]; readonly at: CodeSpan }
  | { readonly kind: 'map'; readonly entries: readonly CodeEntry[]; readonly at: CodeSpan };

export type CodeScalar = string | number | bigint | boolean | null;

export interface CodeEntry {
  readonly key: string;
  readonly keyAt: CodeSpan;
  readonly value: CodeValue;
}

/** Why code gives no value: it does not run, or what it gives is nothing that a file could say. */
export interface CodeProblem {
  readonly kind: 'run' | 'value' | 'size';
  readonly message: string;
  readonly at?: CodeSpan;
  readonly path?: ValuePath;
  /** The way from there to where it happened. */
  readonly evidence?: readonly string[];
  readonly hint?: string;
}

export interface CodeRequest {
  /** Absolute path of the module. */
  readonly path: string;
  /** Variables: its `process.env`, and the `env` of its context. */
  readonly environment: ReadonlyMap<string, string>;
  /** The `instance` of its context. */
  readonly instance?: string | undefined;
}

/** What became of a module that was run. */
export interface CodeRun {
  /** The module and what it imports of this project, by absolute path; packages are left out. */
  readonly texts: ReadonlyMap<string, string>;
  /** Where a file was looked for that is not there. */
  readonly missing: readonly string[];
  readonly outcome:
    | { readonly ok: true; readonly value: CodeValue }
    | { readonly ok: false; readonly problems: readonly CodeProblem[] };
}
