import type { LogOptions } from '../../engine/engine.js';
import type { ObservedContainer } from '../../model/observed.js';
import { readLogs } from '../../operate/logs.js';
import { UsageError } from '../../problems/errors.js';
import { shortContainerName } from '../../report/log-printer.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProject } from '../find-project.js';
import { withInterrupts } from '../interrupts.js';
import { logPrinter, showFollowEvent } from '../log-output.js';
import { parseTail } from '../log-tail.js';
import { parseLogTime } from '../log-time.js';
import type { LogsOptions } from '../options/logs-options.js';

export async function runLogs(
  context: CommandContext,
  services: string[],
  options: LogsOptions,
): Promise<number> {
  if (options.index !== undefined && services.length !== 1) {
    throw new UsageError('--index requires one service to be selected');
  }
  const engine = await context.connect();
  try {
    const project = await findProject(context, engine);
    for (const name of services) {
      if (!project.services.has(name) && !project.inactiveServices.has(name)) {
        throw new UsageError(`no such service: ${name}`, { code: 'usage/unknown-service' });
      }
    }
    const all = await engine.listContainers(project.name);
    const wanted = all.filter((container) => isWanted(container, services, options.index));
    const printer = logPrinter(context, options);
    for (const { name, service } of wanted) printer.register(shortContainerName(name, project.name, service));
    return await withInterrupts(context.io, async ({ drain }) => {
      const show = showFollowEvent(printer, project.name);
      await readLogs(engine, wanted, engineOptions(options, context), show, drain);
      // Ctrl-C is how one stops reading, and not worth a message.
      return drain.aborted ? exitCode.cancelled : exitCode.ok;
    });
  } finally {
    engine.close();
  }
}

function isWanted(
  { service, number, isOneOff }: ObservedContainer,
  services: readonly string[],
  index: number | undefined,
) {
  if (isOneOff || (services.length > 0 && !services.includes(service))) return false;
  return index === undefined || number === index;
}

function engineOptions(options: LogsOptions, { io }: CommandContext): LogOptions {
  const { since, until } = options;
  const nowMs = io.clock.nowMs();
  return {
    follow: options.follow === true,
    timestamps: options.timestamps === true,
    ...parseTail(options.tail),
    ...(since === undefined ? {} : { since: parseLogTime(since, nowMs) }),
    ...(until === undefined ? {} : { until: parseLogTime(until, nowMs) }),
  };
}
