import { composeLabel } from '../../model/labels.js';
import type { ContainerEvent } from '../engine.js';
import { Channel } from './channel.js';
import type { MemoryContainer } from './memory-container.js';

interface Listener {
  readonly project: string;
  readonly channel: Channel<ContainerEvent>;
}

/** Tells every listener of a project what happens to its containers, in order. */
export class MemoryEvents {
  readonly #listeners = new Set<Listener>();
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
      isOneOff: labels.get(composeLabel.oneOff) === 'True',
      exitCode: more.exitCode === undefined ? undefined : Number(more.exitCode),
      attributes,
      atMs: this.#nowMs(),
    };
    for (const { project, channel } of this.#listeners) {
      if (labels.get(composeLabel.project) === project) channel.push(event);
    }
  }

  listen(project: string, signal: AbortSignal): AsyncIterable<ContainerEvent> {
    const listener = { project, channel: new Channel<ContainerEvent>() };
    this.#listeners.add(listener);
    const end = () => {
      this.#listeners.delete(listener);
      listener.channel.close();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    return listener.channel;
  }

  close(): void {
    for (const { channel } of this.#listeners) channel.close();
    this.#listeners.clear();
  }
}
