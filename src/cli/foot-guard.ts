import type { Foot } from '../report/live/foot.js';

/** Signals that end a process, unless it listens. */
const endings = ['SIGHUP', 'SIGQUIT'] as const;

/**
 * As long as something is drawn at the foot of the terminal: keeps it in its place when the terminal becomes another
 * size, and leaves none of it behind, however the process ends or is put to sleep. Returns how to stop that.
 */
export function guardFoot(foot: Foot): () => void {
  const leave = () => foot.leave();
  const redraw = () => foot.redraw();
  const ended = (signal: NodeJS.Signals) => {
    // Somebody else listens too, and so the process goes on.
    if (process.listenerCount(signal) > 1) return;
    foot.leave();
    process.off(signal, ended);
    process.kill(process.pid, signal);
  };
  const asleep = () => {
    process.once('SIGCONT', redraw);
    foot.blank();
    process.kill(process.pid, 'SIGSTOP');
  };
  process.on('exit', leave).on('uncaughtExceptionMonitor', leave);
  process.on('SIGWINCH', redraw).on('SIGTSTP', asleep);
  for (const signal of endings) process.on(signal, ended);
  return () => {
    process.off('exit', leave).off('uncaughtExceptionMonitor', leave);
    process.off('SIGWINCH', redraw).off('SIGTSTP', asleep);
    for (const signal of endings) process.off(signal, ended);
  };
}
