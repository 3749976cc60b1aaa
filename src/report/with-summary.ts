import { PlanSummary } from './plan-summary.js';
import type { Reporter, WriteLine } from './reporter.js';

/**
 * A reporter that in the end says what was done in all. What goes on by itself, a control loop or a watch, has no end:
 * each of its plans is told as such.
 */
export function withSummary(inner: Reporter, write: WriteLine): Reporter {
  const summary = new PlanSummary();
  let isGoingOn = false;
  const conclude = () => {
    for (const line of summary.take()) write(line);
  };
  return {
    ...inner,
    report(event) {
      if (event.kind === 'pass-started' || event.kind === 'watch-enabled') {
        if (!isGoingOn) conclude();
        isGoingOn = true;
      }
      if (event.kind === 'watch-disabled') isGoingOn = false;
      inner.report(event);
      summary.note(event);
      if (isGoingOn && event.kind === 'plan-ended') summary.take();
    },
    conclude,
  };
}
