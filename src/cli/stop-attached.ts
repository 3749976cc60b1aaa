import { kill, stop } from '../lifecycle.js';
import { containerName } from '../model/names.js';
import type { Project } from '../model/project.js';
import type { CommandContext } from './command-context.js';
import type { AttachedUp } from './commands/up-attached.js';
import type { EarlyEnd } from './early-end.js';
import { StopCountdown } from './menu/stop-countdown.js';

/** The end of an attached `up`. A further Ctrl-C while containers stop kills them. */
export async function stopAttached(
  { io }: CommandContext,
  { project, options, session, interrupts }: AttachedUp,
  services: readonly string[],
  ending: EarlyEnd,
): Promise<void> {
  const words = ending.isWanted
    ? 'Aborting on container exit...'
    : 'Gracefully Stopping... press Ctrl+C again to force';
  io.stdout.write(`${words}\n`);
  const { engine, clock, lock } = session;
  const countdown = new StopCountdown(io, { gracesMs: gracesOf(project), emit: session.emit });
  const { emit } = countdown;
  // When a container's end has brought us here, the first Ctrl-C is already a further one.
  const signal = interrupts.drain.aborted ? interrupts.signal : interrupts.drain;
  try {
    await stop(
      project,
      { services, timeoutSec: options.timeout },
      { engine, clock, emit, signal, ...(lock === undefined ? {} : { lock }) },
    );
  } catch (error) {
    if (!signal.aborted) throw error;
    const everything = { services, unixSignal: 'SIGKILL', orphans: 'keep' } as const;
    await kill(project, everything, { engine, clock, emit });
  } finally {
    countdown.close();
  }
}

/** How long containers get to stop, where their service says so. */
function gracesOf(project: Project): Map<string, number> {
  return new Map(
    [...project.services.values()].flatMap((service) => {
      const { stopGracePeriodMs, replicas } = service;
      if (stopGracePeriodMs === undefined) return [];
      return Array.from({ length: replicas }, (_, at): [string, number] => [
        containerName(project, service, at + 1),
        stopGracePeriodMs,
      ]);
    }),
  );
}
