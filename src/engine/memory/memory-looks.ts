import { isUp } from '../../model/is-up.js';
import { composeLabel } from '../../model/labels.js';
import type { ContainerUsage, ImageFacts, ProcessTable, VolumeFacts } from '../../model/looks.js';
import type { ObservedContainer } from '../../model/observed.js';
import { byName } from '../../model/order.js';
import type {
  CommitRequest,
  EngineNews,
  EventSpan,
  HeldResource,
  Holder,
  LookPort,
  TimedEvent,
  UsageMode,
} from '../look-port.js';
import type { MemoryContainer } from './memory-container.js';
import { digestOf } from './memory-images.js';
import type { MemoryStore } from './memory-store.js';
import { tarOf } from './memory-tar.js';
import { isOf, observedContainerOf } from './memory-view.js';
import { checkAborted, refuse } from './refuse.js';

const titles = ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'] as const;

/** Every image has this size, and was made at this time. */
const imageSizeBytes = 1_000_000;
const imageMadeAtMs = Date.UTC(2026, 0, 1);

const noUsage: ContainerUsage = {
  cpuPercent: 0,
  memoryBytes: 0,
  memoryLimitBytes: 0,
  networkReceivedBytes: 0,
  networkSentBytes: 0,
  blockReadBytes: 0,
  blockWrittenBytes: 0,
  processCount: 0,
};

export class MemoryLooks implements LookPort {
  readonly #store: MemoryStore;

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  async listAllContainers(signal?: AbortSignal): Promise<ObservedContainer[]> {
    checkAborted(signal);
    return this.#store.containers
      .all()
      .filter(({ spec }) => spec.labels.has(composeLabel.project))
      .map(observedContainerOf)
      .sort(byName);
  }

  async listHolders({ kind, nameOrId }: HeldResource, signal?: AbortSignal): Promise<Holder[]> {
    checkAborted(signal);
    const network = kind === 'network' ? this.#store.findNetwork(nameOrId)?.name : undefined;
    const imageId = kind === 'image' ? this.#store.images.find(nameOrId)?.id : undefined;
    const isHolder = (container: MemoryContainer) => {
      if (kind === 'volume') return container.mounts.some(({ volumeName }) => volumeName === nameOrId);
      if (kind === 'image') return imageId !== undefined && container.imageId === imageId;
      return network !== undefined && isUp(container) && container.networks.has(network);
    };
    return this.#store.containers
      .all()
      .filter(isHolder)
      .map(({ name, spec }) => ({ name, project: spec.labels.get(composeLabel.project) }))
      .sort(byName);
  }

  /** As many as a small machine has. */
  async readCores(signal?: AbortSignal): Promise<number> {
    checkAborted(signal);
    return 2;
  }

  async readProcesses(id: string, signal?: AbortSignal): Promise<ProcessTable> {
    checkAborted(signal);
    const operation = 'list processes of container';
    const container = this.#store.container(id, operation);
    if (!isUp(container)) refuse('conflict', operation, container.name, 'it is not running');
    const { commandText } = observedContainerOf(container);
    return { titles, processes: [['root', '1', '0', '0', '00:00', '?', '00:00:00', commandText]] };
  }

  async *readUsage(id: string, mode: UsageMode, signal?: AbortSignal): AsyncGenerator<ContainerUsage> {
    if (signal?.aborted) return;
    const container = this.#store.container(id, 'read the usage of container');
    yield this.#usageOf(container);
    if (mode === 'once' || !isUp(container)) return;
    for await (const event of this.#store.events.listen(projectOf(container), signal)) {
      if (event.id === container.id && event.action === 'die') return;
    }
  }

  async *readEvents(project: string, span: EventSpan, signal?: AbortSignal): AsyncGenerator<TimedEvent> {
    const { events } = this.#store;
    yield* this.#within(
      span,
      () => events.past(project),
      () => events.listen(project, signal),
      signal,
    );
  }

  async *readAllEvents(project: string, span: EventSpan, signal?: AbortSignal): AsyncGenerator<EngineNews> {
    const { events } = this.#store;
    const all = this.#within(
      span,
      () => events.pastOfAll(),
      () => events.listenToAll(signal),
      signal,
    );
    for await (const event of all) {
      if (event.resource !== 'container' || event.attributes.get(composeLabel.project) === project)
        yield event;
    }
  }

  /** First what is past, then what comes; nothing comes in a span that has an end, since no time passes by itself. */
  async *#within<Event extends { readonly atMs: number }>(
    span: EventSpan,
    past: () => readonly Event[],
    listen: () => AsyncIterable<Event>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Event & { readonly atUs: number }> {
    if (signal?.aborted) return;
    const sinceMs = span.since === undefined ? Number.POSITIVE_INFINITY : Number(span.since) * 1000;
    const untilMs = span.until === undefined ? Number.POSITIVE_INFINITY : Number(span.until) * 1000;
    const coming = span.until === undefined ? listen() : undefined;
    for (const event of past()) {
      if (event.atMs >= sinceMs && event.atMs <= untilMs) yield { ...event, atUs: event.atMs * 1000 };
    }
    for await (const event of coming ?? []) {
      yield { ...event, atUs: event.atMs * 1000 };
    }
  }

  async findImageFacts(reference: string, signal?: AbortSignal): Promise<ImageFacts | undefined> {
    checkAborted(signal);
    const image = this.#store.images.find(reference);
    if (image === undefined) return undefined;
    const { os, architecture, variant } = image.platform;
    return {
      id: image.id,
      references: this.#store.images.referencesOf(image.id),
      platform: [os, architecture, ...(variant === undefined ? [] : [variant])].join('/'),
      sizeBytes: imageSizeBytes,
      createdAtMs: imageMadeAtMs,
      taggedAtMs: imageMadeAtMs,
    };
  }

  async listVolumeFacts(project: string, signal?: AbortSignal): Promise<VolumeFacts[]> {
    checkAborted(signal);
    return [...this.#store.volumes.values()]
      .filter(isOf(project))
      .map((volume) => ({ ...volume, scope: 'local' }))
      .sort(byName);
  }

  async *readFileSystem(id: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    checkAborted(signal);
    yield tarOf(this.#store.container(id, 'export container').files.values());
  }

  async commitContainer(id: string, { reference }: CommitRequest, signal?: AbortSignal): Promise<string> {
    checkAborted(signal);
    const operation = 'commit container';
    const container = this.#store.container(id, operation);
    if (reference !== undefined && /[A-Z]/.test(reference.replace(/:[^:/]+$/, '')))
      refuse('bad-request', operation, container.name, `"${reference}" must be in lower case`);
    const imageId = digestOf(this.#store.newId());
    this.#store.images.add(reference ?? imageId, { id: imageId });
    return imageId;
  }

  #usageOf(container: MemoryContainer): ContainerUsage {
    if (!isUp(container)) return noUsage;
    return { ...noUsage, processCount: 1, ...this.#store.programOf(container.spec).usage };
  }
}

function projectOf({ spec }: MemoryContainer): string {
  return spec.labels.get(composeLabel.project) ?? '';
}
