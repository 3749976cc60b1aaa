import { fileURLToPath } from 'node:url';
import type { ProjectSource } from '../client/project-source.js';
import type { TestEnvOptions } from './options.js';
import { startEnv } from './start-env.js';
import type { TestEnv } from './test-env.js';
import { thisRunner } from './this-runner.js';
import { Watcher } from './watcher/watcher.js';

export type { Endpoint } from '../client/endpoint.js';
export type { JobHandle, JobResult } from '../client/job-handle.js';
export type { ProjectDefinition, ProjectSource } from '../client/project-source.js';
export type { ServiceHandle } from '../client/service-handle.js';
export {
  createMemoryEngine,
  type MemoryEngineOptions,
  type MemoryProgram,
  type StartingContainer,
  type TestEngine,
} from './memory-engine.js';
export type { TestEnvOptions } from './options.js';
export type { TestContext } from './test-context.js';
export { type DumpLogsOptions, TestEnv } from './test-env.js';
export { TestEnvError } from './test-env-error.js';

/** One for all stacks of this process: it is the process that it watches. Lies beside this file once that is built. */
const watcher = new Watcher(thisRunner, fileURLToPath(new URL('testing-watcher.js', import.meta.url)));

/**
 * Brings up a stack for tests, and gives it when everything is ready: under a name of its own, with free ports in place
 * of the fixed ones of the host, so that any number of them run at once. It goes with its block (`await using`), with
 * `dispose()`, or with the test of `options.test`; when the process is killed, another one takes it down. Throws
 * ConfigError for what is wrong with the files, EngineError without an engine, and TestEnvError, with the logs of the
 * services in its message, when the stack does not become ready.
 */
export function testEnv<const Service extends string = string>(
  source: ProjectSource<Service>,
  options: TestEnvOptions = {},
): Promise<TestEnv<Service>> {
  return startEnv(source, options, { runner: thisRunner, watcher });
}
