import type { Span } from '../model/span.js';
import type { SourceFile } from './source-file.js';

/** Character offsets of something in a file; lines and columns are worked out only when somebody asks. */
export interface Place {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  /** What is meant is not written out: the code here makes it, or makes what it is in. */
  readonly isInside?: true;
  /** How what stands here came into the model, beyond being written. */
  readonly history?: History;
}

/** The span of a place, cut off at the end of its first line. */
export function spanOfPlace(place: Place): Span {
  const { line, column } = place.file.positionOf(place.start);
  const lineEnd = place.file.text.indexOf('\n', place.start);
  const end = lineEnd === -1 ? place.end : Math.min(place.end, lineEnd);
  return { file: place.file.path, line, column, length: Math.max(1, end - place.start) };
}

/**
 * One thing that happened to a value on its way into the model:
 * - `replaced`, `overridden`: it took the place of `other`, by the rules of merging or with `!override`;
 * - `appended`, `merged`: it joined the list or mapping at `other`;
 * - `interpolated`: variables of `text` were filled in, or the value of a bare name was looked up;
 * - `anchor`, `extends`, `include`: it was taken over by what stands at `other`;
 * - `default`: nobody wrote it, the attribute at its place has it anyway;
 * - `implied`: nobody wrote it, it follows from the model.
 */
export type ProvenanceStep =
  | { readonly rule: 'replaced' | 'overridden' | 'appended' | 'merged'; readonly other: Place }
  | { readonly rule: 'anchor' | 'extends' | 'include'; readonly other: Place; readonly name: string }
  | {
      readonly rule: 'interpolated';
      /** As it was written; `${NAME}` for a bare name. */
      readonly text: string;
      readonly form: 'template' | 'bare-name';
      /** Env files of the include that the value is in, when it is in one. */
      readonly includeEnvFiles: readonly string[];
    }
  | { readonly rule: 'default' | 'implied' };

/** What happened to a value, the latest first. It travels with the place, which every stage hands on. */
export interface History {
  readonly step: ProvenanceStep;
  readonly earlier?: History;
}
