import type { Writable } from 'node:stream';
import type { HookSpec } from '../model/service.js';
import type { TerminalSize } from '../model/terminal-size.js';
import type { LogChunk } from './container-log.js';

export type { TerminalSize } from '../model/terminal-size.js';

/**
 * The part of the port that reaches processes: programs beside that of a container, its own streams, its terminal and
 * its end.
 */
export interface ProcessPort {
  /**
   * Starts a program in a running container, with its streams at our end. Kinds `conflict` when the container does not
   * run, `not-found`. A program that cannot be started is no error: its output says why, and its exit code is 126 or 127.
   */
  startExec(containerId: string, program: ExecSpec, signal?: AbortSignal): Promise<ExecProcess>;
  /** Starts a program and lets go of it. Kind `failed` or `bad-request` when it cannot be started. */
  startDetachedExec(containerId: string, program: ExecSpec, signal?: AbortSignal): Promise<void>;
  /**
   * The streams of a container's own process, from now on. A container that does not run yet can be attached to: what
   * it writes from its first moment on arrives.
   */
  attach(containerId: string, options: AttachOptions, signal?: AbortSignal): Promise<ProcessStreams>;
  /** Tells the terminal of a container its size. Does nothing while there is no process. */
  resizeTerminal(containerId: string, size: TerminalSize, signal?: AbortSignal): Promise<void>;
  /**
   * Watches for the end of a container: `next-exit` the end of the run that is to come or under way, `not-running` also
   * one that has been, `removed` its removal. The promise is fulfilled once the engine listens, so that a start
   * afterwards misses nothing.
   */
  watchExit(containerId: string, condition: ExitCondition, signal: AbortSignal): Promise<ExitWatch>;
}

export type ExitCondition = 'next-exit' | 'not-running' | 'removed';

export interface ExitWatch {
  /** Fulfilled with the exit code. Throws EngineError when the engine is lost, CancelledError after an abort. */
  readonly exitCode: Promise<number>;
}

/** A program to run in a container. */
export interface ExecSpec extends HookSpec {
  /** `none`: no terminal; stdout and stderr stay apart. */
  readonly terminal: 'none' | 'with-terminal';
  readonly input: 'open' | 'closed';
  /** Of the terminal, where it is known. */
  readonly size?: TerminalSize;
}

export interface AttachOptions {
  /** Whether the container has a terminal: it was created with one, or not. */
  readonly terminal: 'none' | 'with-terminal';
  readonly input: 'open' | 'closed';
}

export interface ProcessStreams {
  /** Standard input. Its end is the end of the input; the output goes on. Errors when the process is gone. */
  readonly input: Writable;
  /**
   * What the process writes, to its end; with a terminal all of it is `stdout`. The engine is read only as fast as
   * this is, give or take a buffer. Ends without an error when the connection is closed by us or breaks because
   * somebody writes to a process that is gone.
   */
  readonly output: AsyncIterable<LogChunk>;
  /** Lets go of the connection; the process goes on. */
  close(): void;
}

export interface ExecProcess extends ProcessStreams {
  resize(size: TerminalSize, signal?: AbortSignal): Promise<void>;
  /** Waits for the end of the process, if need be; to be asked for after the end of its output. */
  exitCode(signal?: AbortSignal): Promise<number>;
}
