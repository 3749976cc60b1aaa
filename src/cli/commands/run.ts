import type { Engine } from '../../engine/engine.js';
import type { EmitProgress } from '../../model/progress.js';
import type { Project } from '../../model/project.js';
import { type FreshContainer, startAttached, startDetached } from '../../operate/start-container.js';
import type { RunRequest } from '../../plan/container/one-off.js';
import { EngineError, UsageError } from '../../problems/errors.js';
import { createOneOff, planRun, type RunPolicy } from '../../run.js';
import { withClientProxies } from '../client-proxies.js';
import type { CommandContext } from '../command-context.js';
import { exitCode, startFailureCode } from '../exit-codes.js';
import { withInterrupts } from '../interrupts.js';
import { linkContainer } from '../link-container.js';
import type { RunOptions } from '../options/run-options.js';
import { ownDetachKeys } from '../own-detach-keys.js';
import { dryRunText } from '../plan-text.js';
import { quietProgress } from '../quiet-progress.js';
import { runRequest } from '../run-request.js';
import { changingSession, lookingSession } from '../sessions.js';
import { buildsRequest, elsewherePolicy, orphanPolicy } from '../up-policy.js';

interface OneRun {
  readonly project: Project;
  readonly request: RunRequest;
  readonly policy: RunPolicy;
  readonly options: RunOptions;
  readonly engine: Engine;
}

export async function runRun(context: CommandContext, args: string[], options: RunOptions): Promise<number> {
  if (options.format !== undefined && options.detach !== true)
    throw new UsageError('--format is about what --detach prints', { hint: 'add -d, or leave it out' });
  const request = await runRequest(context.io, args, options);
  const project = await context.loadProject([request.service]);
  const policy: RunPolicy = {
    dependencies: options.deps ? 'with-dependencies' : 'without-dependencies',
    orphans: orphanPolicy(context, options),
    elsewhere: elsewherePolicy(context, options),
    builds: await withClientProxies(buildsRequest(context), context.io),
  };
  const engine = await context.connect();
  try {
    const one = { project, request, policy, options, engine };
    if (options.dryRun === true || context.globals.dryRun === true) return await showPlan(context, one);
    return options.detach === true ? await runInBackground(context, one) : await runHere(context, one);
  } finally {
    engine.close();
  }
}

async function showPlan(
  context: CommandContext,
  { project, request, policy, engine }: OneRun,
): Promise<number> {
  const plan = await planRun(project, request, lookingSession(context, engine), policy);
  context.io.stdout.write(dryRunText(plan, context, 'everything'));
  return exitCode.ok;
}

async function runInBackground(context: CommandContext, one: OneRun): Promise<number> {
  const container = await create(context, one);
  const { id, name } = container;
  const document = { ID: id, Name: name, Service: one.request.service };
  return orStartFailure(context, async () => {
    await startDetached(one.engine, container);
    context.io.stdout.write(`${one.options.format === 'json' ? JSON.stringify(document) : id}\n`);
    return exitCode.ok;
  });
}

async function runHere(context: CommandContext, one: OneRun): Promise<number> {
  const { io, reporter } = context;
  const { terminal, input } = one.request;
  const detachKeys = await ownDetachKeys(io);
  const container = await create(context, one);
  return orStartFailure(context, async () => {
    const process = await startAttached(one.engine, container);
    process.hooks.catch((error: Error) => reporter.warn(error.message));
    return linkContainer(io, process, { terminal, input, detachKeys, signals: 'pass-on' });
  });
}

/** Up to the start, Ctrl-C ends what we do; from then on it is for the container. */
function create(
  context: CommandContext,
  { project, request, policy, options, engine }: OneRun,
): Promise<FreshContainer> {
  return withInterrupts(context.io, async (interrupts) => {
    const report: EmitProgress =
      options.quiet === true ? () => {} : (event) => context.reporter.report(event);
    const emit = quietProgress(report, options);
    const session = { ...changingSession(context, engine, interrupts), emit };
    const container = await createOneOff(project, request, session, policy);
    // What comes now is the output of the container.
    context.reporter.conclude();
    return container;
  });
}

/** Scripts tell by the exit code whether it was the command that failed, or its start. */
async function orStartFailure(context: CommandContext, start: () => Promise<number>): Promise<number> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof EngineError) || error.operation !== 'start container') throw error;
    context.fail(error);
    return startFailureCode(error);
  }
}
