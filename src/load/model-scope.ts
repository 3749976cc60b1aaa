import type { LoadOptions } from './load-options.js';
import type { ProblemList } from './problem-list.js';
import type { Provenance } from './provenance.js';
import type { SourceReader } from './source-reader.js';

/** What a set of files is loaded with: the project itself has one, and every include has its own. */
export interface ModelScope {
  readonly reader: SourceReader;
  readonly problems: ProblemList;
  readonly options: LoadOptions;
  /** Relative paths of the files resolve against this directory. */
  readonly workingDir: string;
  /** Variables for interpolation. */
  readonly environment: ReadonlyMap<string, string>;
  /** The files that include each other on the way here. */
  readonly includedFrom: readonly string[];
  /** Env files of the include that this scope belongs to; the nearest include first. */
  readonly includeEnvFiles: readonly string[];
  /** Only of a load that is to be explained. */
  readonly provenance?: Provenance | undefined;
}
