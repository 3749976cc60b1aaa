import { composeLabel, isBesideReplicas } from '../../model/labels.js';
import type { ContainerEvent } from '../container-event.js';
import type { ResourceEvent } from '../resource-watch-port.js';
import { Channel } from './channel.js';
import type { MemoryContainer } from './memory-container.js';

interface Listener {
  readonly project: string;
  readonly channel: Channel<ContainerEvent>;
}

/** What happened to anything. */
export type MemoryNews =
  | (ContainerEvent & { readonly resource: 'container' })
  | (ResourceEvent & { readonly id: string; readonly attributes: ReadonlyMap<string, string> });

/** Tells every listener of a project what happens to its containers, in order. */
export class MemoryEvents {
  readonly #listeners = new Set<Listener>();
  readonly #resourceListeners = new Set<Channel<ResourceEvent>>();
  /** All that ever happened: for those who ask afterwards. */
  readonly #past: MemoryNews[] = [];
  readonly #newsListeners = new Set<Channel<MemoryNews>>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  emit(container: MemoryContainer, action: string, more: Readonly<Record<string, string>> = {}): void {
    const { labels, service } = container.spec;
    const attributes = new Map([
      ...labels,
      ['name', container.name] as const,
      ['image', service.image] as const,
      ...Object.entries(more),
    ]);
    const event: ContainerEvent = {
      action,
      id: container.id,
      name: container.name,
      service: labels.get(composeLabel.service) ?? '',
      isOneOff: isBesideReplicas(labels),
      exitCode: more.exitCode === undefined ? undefined : Number(more.exitCode),
      attributes,
      atMs: this.#nowMs(),
    };
    this.#remember({ ...event, resource: 'container' });
    for (const { project, channel } of this.#listeners) {
      if (labels.get(composeLabel.project) === project) channel.push(event);
    }
  }

  past(project: string): ContainerEvent[] {
    return this.#past.flatMap((event) =>
      event.resource === 'container' && event.attributes.get(composeLabel.project) === project ? [event] : [],
    );
  }

  pastOfAll(): readonly MemoryNews[] {
    return [...this.#past];
  }

  listenToAll(signal?: AbortSignal): AsyncIterable<MemoryNews> {
    return listenOn(this.#newsListeners, signal);
  }

  #remember(event: MemoryNews): void {
    this.#past.push(event);
    for (const channel of this.#newsListeners) channel.push(event);
  }

  listen(project: string, signal?: AbortSignal): AsyncIterable<ContainerEvent> {
    const listener = { project, channel: new Channel<ContainerEvent>() };
    this.#listeners.add(listener);
    const end = () => {
      this.#listeners.delete(listener);
      listener.channel.close();
    };
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
    return listener.channel;
  }

  emitResource(event: Omit<ResourceEvent, 'atMs'>): void {
    const timed = { ...event, atMs: this.#nowMs() };
    for (const channel of this.#resourceListeners) channel.push(timed);
    const attributes = new Map([
      ...(event.containerId === undefined ? [] : [['container', event.containerId] as const]),
      ['name', event.name],
    ]);
    this.#remember({ ...timed, id: event.name, attributes });
  }

  listenToResources(signal: AbortSignal): AsyncIterable<ResourceEvent> {
    return listenOn(this.#resourceListeners, signal);
  }

  close(): void {
    for (const channel of [...this.#resourceListeners, ...this.#newsListeners]) channel.close();
    this.#resourceListeners.clear();
    this.#newsListeners.clear();
    for (const { channel } of this.#listeners) channel.close();
    this.#listeners.clear();
  }
}

function listenOn<Event>(listeners: Set<Channel<Event>>, signal: AbortSignal | undefined): Channel<Event> {
  const channel = new Channel<Event>();
  listeners.add(channel);
  const end = () => {
    listeners.delete(channel);
    channel.close();
  };
  if (signal?.aborted) end();
  else signal?.addEventListener('abort', end, { once: true });
  return channel;
}
