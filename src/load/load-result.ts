import type { Project } from '../model/project.js';
import type { Diagnostic } from '../problems/diagnostic.js';

/** What is wrong with the files. `texts` holds every file that was read, by path. */
export interface LoadFailure {
  readonly ok: false;
  /** At least one error, and the warnings, sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: ReadonlyMap<string, string>;
}

/** What a load gives: a project, or what is wrong with the files. */
export type LoadResult =
  | {
      readonly ok: true;
      readonly project: Project;
      readonly warnings: readonly Diagnostic[];
      readonly texts: ReadonlyMap<string, string>;
    }
  | LoadFailure;
