import type { Engine } from '../engine/engine.js';
import type { ObservedContainer } from '../model/observed.js';
import type { Project } from '../model/project.js';
import type { LogLine } from './log-lines.js';
import type { DownOptions, ExecOptions, LogOptions, OperationOptions } from './options.js';
import type { ProgramResult } from './run-program.js';

/** What a stack and its services need of their project. */
export interface RunningProject {
  readonly name: string;
  readonly model: Project;
  engine(): Promise<Engine>;
  ps(options?: OperationOptions): Promise<ObservedContainer[]>;
  logs(options?: LogOptions): AsyncGenerator<LogLine, void, undefined>;
  exec(service: string, command: readonly string[], options?: ExecOptions): Promise<ProgramResult>;
  down(options?: DownOptions): Promise<void>;
}
