import { connect } from '../client/connect.js';
import type { ProjectSource } from '../client/project-source.js';
import { type Surroundings, thisProcess } from '../client/this-process.js';
import type { Engine } from '../engine/engine.js';
import { stateFolders } from '../host/lock/file-locks.js';
import { chooseStay } from './choose-stay.js';
import { clearStale } from './clear-stale.js';
import { enterEnv } from './enter-env.js';
import { loadEnvProject } from './load-env-project.js';
import type { TestEnvOptions } from './options.js';
import { whenEnded } from './test-context.js';
import type { TestEnv } from './test-env.js';
import { TestPorts } from './test-ports.js';
import type { Runner } from './this-runner.js';
import type { Watcher } from './watcher/watcher.js';

/** What a stack for tests needs of the process that it is in. */
export interface EnvTools {
  readonly runner: Runner;
  readonly watcher: Watcher;
}

/** Brings a stack for tests up: see `testEnv`. */
export async function startEnv<Service extends string>(
  source: ProjectSource<Service>,
  options: TestEnvOptions,
  { runner, watcher }: EnvTools,
): Promise<TestEnv<Service>> {
  const surroundings = surroundingsOf(options, runner);
  const signal = anySignal(options.signal, options.test?.signal);
  const { engine, close } = await openEngine({ ...options, signal }, surroundings);
  try {
    const stay = await chooseStay(source, options, engine, { surroundings, runner, watcher });
    const [state] = stateFolders(surroundings);
    const ports = new TestPorts({ engine, state, before: () => stay.ports() });
    const request = { ...options, engine, signal };
    const instance = { name: stay.instance, ports };
    const load = () => loadEnvProject(source, instance, request, surroundings.environment);
    const { logs = 'on-failure', logSink: sink = runner.writeError } = options;
    const entering = enterEnv<Service>({ stay, ports, load }, { ...request, logs, sink, close });
    // What others have left is no business of this test: the next one looks again.
    const clearing = clearStale(engine, { surroundings, processes: runner.processes }).catch(() => {});
    const env = await entering.finally(() => clearing);
    if (options.test !== undefined) whenEnded(options.test, (outcome) => env.dispose(outcome));
    return env;
  } catch (error) {
    close();
    throw error;
  }
}

/** This process, with the variables that the options add or take away. */
function surroundingsOf({ environment = {}, cwd }: TestEnvOptions, runner: Runner): Surroundings {
  return thisProcess({ environment: { ...Object.fromEntries(runner.environment), ...environment }, cwd });
}

interface OpenEngine {
  readonly engine: Engine;
  /** Lets go of it, if it is ours. */
  readonly close: () => void;
}

async function openEngine(
  { engine: given, host, context, signal }: TestEnvOptions,
  { environment }: Surroundings,
): Promise<OpenEngine> {
  if (given !== undefined) return { engine: given, close: () => {} };
  const engine = await connect({ environment: Object.fromEntries(environment), host, context, signal });
  return { engine, close: () => engine.close() };
}

function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const [first, ...others] = signals.filter((each) => each !== undefined);
  return first === undefined || others.length === 0 ? first : AbortSignal.any([first, ...others]);
}
