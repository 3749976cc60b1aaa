import type { Engine } from '../../engine/engine.js';
import type { ObservedContainer } from '../../model/observed.js';
import type { LogPast } from '../../operate/container-log.js';
import { followLogs, type LogsRequest, logContainers, readLogs } from '../../operate/logs.js';
import { UsageError } from '../../problems/errors.js';
import { shortContainerName } from '../../report/log-printer.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { withInterrupts } from '../interrupts.js';
import { logPrinter, type ShowEvent, showAsJson, showFollowEvent } from '../log-output.js';
import { parseTail } from '../log-tail.js';
import { parseLogTime } from '../log-time.js';
import { checkServiceNames, type LookedAtProject, lookProject } from '../look-project.js';
import type { LogsOptions } from '../options/logs-options.js';
import { Outlet } from '../write-out.js';

export async function runLogs(
  context: CommandContext,
  services: string[],
  options: LogsOptions,
): Promise<number> {
  const { index, follow } = options;
  if ((index ?? 0) > 0 && services.length !== 1)
    throw new UsageError('--index requires one service to be selected');
  const past = pastOf(options, context);
  const project = await lookProject(context);
  const request: LogsRequest = { project: project.name, services, index, past };
  const engine = await context.connect();
  try {
    await checkServiceNames(services, project, engine);
    return await withInterrupts(context.io, async ({ drain }) => {
      const output = outputOf(context, options, project, new Outlet(context.io.stdout, drain));
      const leftMs = timeLeftMs(past, context);
      if (follow === true && leftMs > 0) await followUntil(engine, request, output, drain, leftMs);
      else await readOnce(engine, request, options, output, drain);
      // Ctrl-C is how one stops reading, and not worth a message.
      return drain.aborted ? exitCode.cancelled : exitCode.ok;
    });
  } finally {
    engine.close();
  }
}

interface Output {
  readonly show: ShowEvent;
  readonly announce: (containers: readonly ObservedContainer[]) => void;
  readonly onEngine: (state: 'lost' | 'back') => void;
}

function outputOf(
  context: CommandContext,
  options: LogsOptions,
  { name: project, services }: LookedAtProject,
  outlet: Outlet,
): Output {
  const onEngine = (state: 'lost' | 'back') =>
    context.reporter.warn(
      state === 'lost' ? 'the engine is gone; waiting for it to come back' : 'the engine is back',
    );
  if (options.format === 'json') return { show: showAsJson(context, outlet), announce: () => {}, onEngine };
  const printer = logPrinter(context, options);
  const times = options.timestamps === true ? 'with-times' : 'without-times';
  return {
    show: showFollowEvent(printer, project, { times, outlet }),
    onEngine,
    announce: (containers) => {
      printer.announce(services ?? containers.map(({ service }) => service));
      for (const { name, service } of containers)
        printer.register(shortContainerName(name, project, service), service);
    },
  };
}

async function readOnce(
  engine: Engine,
  request: LogsRequest,
  { timestamps, format }: LogsOptions,
  { show, announce }: Output,
  signal: AbortSignal,
): Promise<void> {
  const containers = await logContainers(engine, request, signal);
  announce(containers);
  const hasTimes = timestamps === true || format === 'json';
  await readLogs(engine, containers, { ...request.past, follow: false, timestamps: hasTimes }, show, signal);
}

/** Ends at the time of `--until`, too. */
async function followUntil(
  engine: Engine,
  request: LogsRequest,
  { show, announce, onEngine }: Output,
  signal: AbortSignal,
  leftMs: number,
): Promise<void> {
  const isLimited = leftMs < Number.POSITIVE_INFINITY;
  const end = isLimited ? AbortSignal.any([signal, AbortSignal.timeout(leftMs)]) : signal;
  await followLogs(engine, request, show, end, { onContainers: announce, onEngine });
}

function timeLeftMs({ until }: LogPast, { io }: CommandContext): number {
  return until === undefined ? Number.POSITIVE_INFINITY : Number(until) * 1000 - io.clock.nowMs();
}

function pastOf({ tail, since, until }: LogsOptions, { io }: CommandContext): LogPast {
  const nowMs = io.clock.nowMs();
  return {
    ...parseTail(tail),
    ...(since === undefined ? {} : { since: parseLogTime(since, nowMs) }),
    ...(until === undefined ? {} : { until: parseLogTime(until, nowMs) }),
  };
}
