import type { Engine } from '../engine/engine.js';
import type { EventSpan } from '../engine/look-port.js';
import type { ProjectEvent } from '../model/looks.js';
import type { ServicesOfProject } from './top.js';

/** Labels that are a tool's own affair. */
const hiddenLabels = /^com\.docker\.(compose|swarm)\./;

/**
 * What happens to the containers of a project, one-offs left out: from `since` on, if it is given, otherwise from now
 * on; up to `until`, otherwise until `signal` is aborted.
 */
export async function* projectEvents(
  engine: Engine,
  { project, services, ...span }: ServicesOfProject & EventSpan,
  signal?: AbortSignal,
): AsyncGenerator<ProjectEvent> {
  for await (const event of engine.looks.readEvents(project, span, signal)) {
    const { action, id, service, isOneOff, atUs } = event;
    if (isOneOff || (services.length > 0 && !services.includes(service))) continue;
    const attributes = new Map([...event.attributes].filter(([key]) => !hiddenLabels.test(key)));
    yield { action, id, service, attributes, atUs };
  }
}
