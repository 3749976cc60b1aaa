/** Programs of the machine that tscompose runs on, outside of every engine: providers and docker's plugins. */
export interface HostPrograms {
  /** Absolute path of docker's plugin `docker-<name>`, else of a program `<name>` in PATH; undefined: there is none. */
  find(name: string): Promise<string | undefined>;
  /** Runs a program to its end. Throws CancelledError once `signal` is aborted. */
  run(call: HostProgramCall, signal?: AbortSignal): Promise<HostProgramEnd>;
}

export interface HostProgramCall {
  readonly path: string;
  readonly args: readonly string[];
  /** On top of what the program inherits. */
  readonly environment: ReadonlyMap<string, string>;
  /** Called for each line of standard output, as it comes. */
  readonly onLine: (line: string) => void;
}

export interface HostProgramEnd {
  /** 128 and its number when a signal ended it. */
  readonly exitCode: number;
  /** The last lines of standard error. */
  readonly errorLines: readonly string[];
}
