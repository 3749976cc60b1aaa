import { composeLabel, isBesideReplicas } from '../../model/labels.js';
import type { ContainerEvent } from '../container-event.js';
import type { ResourceEvent } from '../resource-watch-port.js';
import { Channel } from './channel.js';
import type { MemoryContainer } from './memory-container.js';

interface Listener {
  readonly project: string;
  readonly channel: Channel<ContainerEvent>;
}

/** Tells every listener of a project what happens to its containers, in order. */
export class MemoryEvents {
  readonly #listeners = new Set<Listener>();
  readonly #resourceListeners = new Set<Channel<ResourceEvent>>();
  /** All that ever happened: for those who ask afterwards. */
  readonly #past: ContainerEvent[] = [];
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
    this.#past.push(event);
    for (const { project, channel } of this.#listeners) {
      if (labels.get(composeLabel.project) === project) channel.push(event);
    }
  }

  past(project: string): ContainerEvent[] {
    return this.#past.filter(({ attributes }) => attributes.get(composeLabel.project) === project);
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
    for (const channel of this.#resourceListeners) channel.push({ ...event, atMs: this.#nowMs() });
  }

  listenToResources(signal: AbortSignal): AsyncIterable<ResourceEvent> {
    const channel = new Channel<ResourceEvent>();
    this.#resourceListeners.add(channel);
    const end = () => {
      this.#resourceListeners.delete(channel);
      channel.close();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    return channel;
  }

  close(): void {
    for (const channel of this.#resourceListeners) channel.close();
    this.#resourceListeners.clear();
    for (const { channel } of this.#listeners) channel.close();
    this.#listeners.clear();
  }
}
