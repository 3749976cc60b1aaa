import type { Engine } from '../engine/engine.js';
import type { ComposeFile } from '../model/compose-file.js';

/** A Compose file as a value. */
export type ComposeSpecification = ComposeFile;

/** Which docker compose to start. There is none to start here: to give it is a UsageError. */
export type IDockerComposeExecutableOptions =
  | { executablePath: string; options?: ComposeWords; standalone?: never }
  | { executablePath?: string; options?: never; standalone: true };

/** Words of a command line; those that belong together may be a list of their own: `['-d', ['--scale', 'web=2']]`. */
export type ComposeWords = string[] | (string | string[])[];

/** What every function takes: the options of the package `docker-compose`, and two of ours. */
export interface IDockerComposeOptions {
  /** Where the files are; without it, the working directory. */
  cwd?: string | undefined;
  executable?: IDockerComposeExecutableOptions | undefined;
  /** Files, as with `-f`. */
  config?: string | string[] | undefined;
  /** Text of the file; counts instead of `config`. */
  configAsString?: string | undefined;
  /** The file as a value; counts instead of the other two. */
  compose?: ComposeSpecification | undefined;
  /** True: output goes to that of this process too. */
  log?: boolean | undefined;
  /** Flags that stand before the command. */
  composeOptions?: ComposeWords | undefined;
  /** Flags of the command. */
  commandOptions?: ComposeWords | undefined;
  /** Instead of `process.env`, all of it. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** How many UTF-16 units are kept of each stream: the beginning of `out`, the end of `err`. 0: nothing. */
  maxOutputLength?: number | undefined;
  /** Called with each piece of output as it comes. */
  callback?: ((chunk: Buffer, streamSource?: 'stdout' | 'stderr') => void) | undefined;
  /** Ends the command: it rejects, and what is done stays done. */
  signal?: AbortSignal | undefined;
  /** A connection of yours, which stays open; without it there is one for each call. */
  engine?: Engine | undefined;
}

export interface IDockerComposeLogOptions extends IDockerComposeOptions {
  follow?: boolean | undefined;
  timestamps?: boolean | undefined;
}

export interface IDockerComposeBuildOptions extends IDockerComposeOptions {
  /** Has no effect: what can be built at the same time always is. */
  parallel?: boolean | undefined;
}

export interface IDockerComposePushOptions extends IDockerComposeOptions {
  ignorePushFailures?: boolean | undefined;
}
