import { projectEvents } from '../../operate/events.js';
import { eventJson, eventText } from '../../report/event-text.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { withInterrupts } from '../interrupts.js';
import { parseLogTime } from '../log-time.js';
import { checkServiceNames, lookProject } from '../look-project.js';
import type { EventsOptions } from '../options/events-options.js';
import { writeOut } from '../write-out.js';

export async function runEvents(
  context: CommandContext,
  services: string[],
  { all, format, since, until }: EventsOptions,
): Promise<number> {
  const nowMs = context.io.clock.nowMs();
  const span = {
    ...(since === undefined ? {} : { since: parseLogTime(since, nowMs) }),
    ...(until === undefined ? {} : { until: parseLogTime(until, nowMs) }),
  };
  const project = await lookProject(context);
  const engine = await context.connect();
  try {
    await checkServiceNames(services, project, engine);
    return await withInterrupts(context.io, async ({ drain }) => {
      const resources = all === true ? 'all' : 'containers';
      const request = { project: project.name, services, resources, ...span } as const;
      for await (const event of projectEvents(engine, request, drain)) {
        await writeOut(context.io.stdout, `${format === 'json' ? eventJson(event) : eventText(event)}\n`);
      }
      return drain.aborted ? exitCode.cancelled : exitCode.ok;
    });
  } finally {
    engine.close();
  }
}
