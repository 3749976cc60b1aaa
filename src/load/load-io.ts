import type { CodeRequest, CodeRun } from '../model/compose-code.js';
import type { Instances } from '../model/instance.js';
import type { RemoteFiles } from './remote/remote-files.js';

/** Everything that loading needs from outside. Tests give a map; the CLI gives the file system and the process. */
export interface LoadIo {
  /** The text of a file, or undefined when there is none. Throws for what exists, but cannot be read as a file. */
  readFile(path: string): Promise<string | undefined>;
  /** What is at a path. */
  kindOf(path: string): Promise<'file' | 'directory' | 'missing'>;
  readStdin(): Promise<string>;
  /** Runs a module and gives what it gives; without it, code is not run. Throws CancelledError. */
  readonly runCode?: ((request: CodeRequest, signal?: AbortSignal) => Promise<CodeRun>) | undefined;
  /** Gets files of elsewhere; without it there are none. */
  readonly remote?: RemoteFiles;
  /** Knows instances and their ports; without it there are none. */
  readonly instances?: Instances;
  /** The path with symbolic links followed, or undefined when there is nothing. */
  realPath(path: string): Promise<string | undefined>;
  /** Process environment. */
  readonly environment: ReadonlyMap<string, string>;
  /** Absolute path of the working directory. */
  readonly cwd: string;
  readonly homeDir: string;
}

/** What the person asked to load: the global flags, before any default. */
export interface LoadRequest {
  /** `-f`, in order; empty: discover. */
  readonly files: readonly string[];
  readonly projectName?: string;
  readonly projectDirectory?: string;
  /** One of several copies side by side: `auto`, or a name. Without it: TSCOMPOSE_INSTANCE. */
  readonly instance?: string;
  /** Whether ports that the instance has from before are looked at; they are not, without it. */
  readonly ports?: 'remembered' | 'free';
  /** What to do when the instance is that of another directory; without it: `refuse`. */
  readonly elsewhere?: 'refuse' | 'adopt';
  /** `--env-file`, in order. */
  readonly envFiles: readonly string[];
  /** `--profile`; empty: COMPOSE_PROFILES. `*` stands for all. */
  readonly profiles: readonly string[];
  /** Services named on the command line: they become active whatever their profiles. Empty: all active ones. */
  readonly services: readonly string[];
  /** False keeps only what a service uses. */
  readonly keepUnusedResources: boolean;
  /** `compatible`: as in Compose version 1; COMPOSE_COMPATIBILITY asks for the same. */
  readonly style?: 'compatible';
  /** Whether files of elsewhere are fetched, and may have things of this host without a question; without it, neither. */
  readonly remote?: 'inside' | 'outside';
  /** `locked`: images are those that compose.lock has; what it does not have is an error. */
  readonly images?: 'locked';
  /** What to do about keys that have no effect; without it: `warn`. */
  readonly ignoredKeys?: 'warn' | 'refuse' | 'accept';
}
