import type { ComposeProject } from '../client/compose-project.js';
import { given } from '../model/given.js';
import type { Plan } from '../model/plan.js';
import { CancelledError, InternalError, TscomposeError } from '../problems/errors.js';
import { type BringUp, bringUp } from './bring-up.js';
import type { TestEnvOptions } from './options.js';
import { readServiceLogs } from './service-logs.js';
import type { Stay } from './stay/stay.js';
import { TestEnv } from './test-env.js';
import { TestEnvError } from './test-env-error.js';

/** So many lines of each container in the message of an error. */
const errorTail = 50;

export interface EntryOptions extends TestEnvOptions {
  readonly logs: 'on-failure' | 'always' | 'never';
  readonly sink: (text: string) => void;
  /** Lets go of the engine. */
  readonly close: () => void;
}

/** Brings the stack up and gives it to the test; what has failed is taken down again. Throws TestEnvError. */
export async function enterEnv<Service extends string>(
  loading: Omit<BringUp, 'onProject'>,
  options: EntryOptions,
): Promise<TestEnv<Service>> {
  const { stay } = loading;
  let project: ComposeProject | undefined;
  let plan: Plan | undefined;
  try {
    await stay.enter(async (begin) => {
      const onProject = (loaded: ComposeProject) => {
        project = loaded;
        begin(loaded.name);
      };
      ({ plan } = await bringUp({ ...loading, onProject }, options));
    }, options.signal);
  } catch (error) {
    throw await failure(error, project, stay, options);
  }
  if (project === undefined) throw new InternalError('a stack is up, and it is not known which');
  const whole = project;
  const end = (outcome: 'passed' | 'failed') => endEnv(outcome, whole, stay, options);
  return new TestEnv<Service>({ project, plan, sink: options.sink, end });
}

/** Takes down what there is of it. Gives what is to be thrown. */
async function failure(
  error: unknown,
  project: ComposeProject | undefined,
  stay: Stay,
  options: EntryOptions,
): Promise<unknown> {
  // An engine that is gone can neither tell nor take down anything: why the start failed is what counts.
  const isWanted = project !== undefined && options.logs !== 'never';
  const logs = isWanted ? await readServiceLogs(project, { tail: errorTail }).catch(() => []) : [];
  await stay.leave(async () => project && takeDown(project, options)).catch(() => {});
  if (project === undefined) return error;
  const isOurs = error instanceof TscomposeError && !(error instanceof CancelledError);
  return isOurs ? new TestEnvError(error, logs) : error;
}

async function endEnv(
  outcome: 'passed' | 'failed',
  project: ComposeProject,
  stay: Stay,
  options: EntryOptions,
): Promise<void> {
  const { logs, sink, close } = options;
  try {
    if (logs === 'always' || (logs === 'on-failure' && outcome === 'failed')) {
      const lines = await readServiceLogs(project).catch((error: unknown) => [`no logs: ${String(error)}`]);
      sink(`${lines.join('\n')}\n`);
    }
    await stay.leave(() => takeDown(project, options));
  } finally {
    close();
  }
}

function takeDown(project: ComposeProject, { stopTimeoutSec = 0, onEvent }: TestEnvOptions): Promise<void> {
  const everything = { volumes: 'remove', orphans: 'remove', images: 'local', whenInUse: 'fail' } as const;
  return project.down({ ...everything, stopTimeoutSec, ...given({ onEvent }) });
}
