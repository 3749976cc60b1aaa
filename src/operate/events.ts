import type { Engine } from '../engine/engine.js';
import type { EngineNews, EventSpan, TimedResourceEvent } from '../engine/look-port.js';
import { composeLabel } from '../model/labels.js';
import type { ProjectEvent } from '../model/looks.js';
import type { ServicesOfProject } from './top.js';

/** Labels that are a tool's own affair. */
const hiddenLabels = /^com\.docker\.(compose|swarm)\./;

export interface EventsRequest extends ServicesOfProject, EventSpan {
  /** `all`: what happens to its networks and volumes too. */
  readonly resources?: 'containers' | 'all';
}

/**
 * What happens to the containers of a project, one-offs left out: from `since` on, if it is given, otherwise from now
 * on; up to `until`, otherwise until `signal` is aborted. Of networks and volumes that are gone before this begins
 * nothing is told: nobody knows any more whose they were.
 */
export async function* projectEvents(
  engine: Engine,
  { project, services, resources = 'containers', ...span }: EventsRequest,
  signal?: AbortSignal,
): AsyncGenerator<ProjectEvent> {
  const owners = new Owners(engine, project);
  if (resources === 'all') await owners.learn(signal);
  const all =
    resources === 'all'
      ? engine.looks.readAllEvents(project, span, signal)
      : containerNews(engine, project, span, signal);
  for await (const news of all) {
    if (news.resource === 'container') {
      if (news.isOneOff || (services.length > 0 && !services.includes(news.service))) continue;
      yield projectEvent(news, news.service);
    } else if (await owners.has(news, signal)) {
      yield projectEvent(news, '');
    }
  }
}

async function* containerNews(
  { looks }: Engine,
  project: string,
  span: EventSpan,
  signal?: AbortSignal,
): AsyncGenerator<EngineNews> {
  for await (const event of looks.readEvents(project, span, signal))
    yield { ...event, resource: 'container' };
}

function projectEvent({ resource, action, id, atUs, attributes }: EngineNews, service: string): ProjectEvent {
  const shown = new Map([...attributes].filter(([key]) => !hiddenLabels.test(key)));
  return { resource, action, id, service, attributes: shown, atUs };
}

/** Tells networks and volumes of the project from those of others: their events do not say it. */
class Owners {
  readonly #engine: Engine;
  readonly #project: string;
  readonly #isOwn = new Map<string, boolean>();

  constructor(engine: Engine, project: string) {
    this.#engine = engine;
    this.#project = project;
  }

  /** What is there now: it may be gone by the time of its event. */
  async learn(signal: AbortSignal | undefined): Promise<void> {
    const [networks, volumes] = await Promise.all([
      this.#engine.listNetworks(this.#project, signal),
      this.#engine.listVolumes(this.#project, signal),
    ]);
    for (const { name } of networks) this.#isOwn.set(`network ${name}`, true);
    for (const { name } of volumes) this.#isOwn.set(`volume ${name}`, true);
  }

  async has({ resource, name }: TimedResourceEvent, signal: AbortSignal | undefined): Promise<boolean> {
    const key = `${resource} ${name}`;
    const known = this.#isOwn.get(key);
    if (known !== undefined) return known;
    const found =
      resource === 'network'
        ? await this.#engine.findNetwork(name, signal)
        : await this.#engine.findVolume(name, signal);
    const isOwn = found?.labels.get(composeLabel.project) === this.#project;
    if (found !== undefined) this.#isOwn.set(key, isOwn);
    return isOwn;
  }
}
