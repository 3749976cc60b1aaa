import type { UpOptions } from '../client/options.js';
import type { Engine } from '../engine/engine.js';
import type { EmitProgress } from '../model/progress.js';
import type { TestContext } from './test-context.js';

/** How a stack for tests is brought up, beside its files. */
export interface TestEnvOptions {
  /** The context of a vitest or node:test test: its stack goes when the test ends, and its logs are shown if it has failed. */
  readonly test?: TestContext | undefined;
  /** These services and what they need; without it, all. */
  readonly services?: readonly string[] | undefined;
  readonly profiles?: readonly string[] | undefined;
  /** Variables for `${…}` in the files, and for finding the engine, beside those of the process; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Instead of `.env`. */
  readonly envFiles?: readonly string[] | undefined;
  /** What relative paths are relative to, instead of the working directory. */
  readonly cwd?: string | undefined;
  /** How long everything may take to become ready; two minutes if not set. A pull or build that runs then is let end. */
  readonly timeoutMs?: number | undefined;
  /** How long containers get to stop, in seconds; 0 if not set: what a test has made is thrown away. */
  readonly stopTimeoutSec?: number | undefined;
  /** Whether images with a `build` section are built though they are here; `stale` if not set: when their files have changed. */
  readonly build?: UpOptions['build'] | undefined;
  /** Numbers of replicas that count instead of those of the files, by service. */
  readonly scale?: Readonly<Record<string, number>> | undefined;
  /** Told of everything that happens while it is brought up and taken down. */
  readonly onEvent?: EmitProgress | undefined;
  /** Ends the start: what there is by then is taken down again. */
  readonly signal?: AbortSignal | undefined;
  /** When the logs of the services are shown; `on-failure` if not set: when the start, or the test of `test`, has failed. */
  readonly logs?: 'on-failure' | 'always' | 'never' | undefined;
  /** Where they are shown; standard error if not set. */
  readonly logSink?: ((text: string) => void) | undefined;
  /**
   * The stack stays when the test ends, and the next run finds it: one stack for these files and options, or with a
   * text, one for each text.
   */
  readonly reuse?: boolean | string | undefined;
  /** One stack for all processes of this machine that say the same text here, for these files and options. */
  readonly share?: string | undefined;
  /** A connection of yours, which stays open: a memory engine, for instance. */
  readonly engine?: Engine | undefined;
  /** Address of the engine, as in DOCKER_HOST. */
  readonly host?: string | undefined;
  /** Name of a docker context. */
  readonly context?: string | undefined;
}

export const defaultTimeoutMs = 120_000;
