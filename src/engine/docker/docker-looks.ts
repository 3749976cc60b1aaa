import { composeLabel } from '../../model/labels.js';
import type { ContainerUsage, ImageFacts, ProcessTable, VolumeFacts } from '../../model/looks.js';
import type { ObservedContainer } from '../../model/observed.js';
import { byName } from '../../model/order.js';
import { EngineError } from '../../problems/errors.js';
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
import { type ApiCall, type ApiClient, referencePath } from './api-client.js';
import type { InspectedVolume } from './from-inspect.js';
import { timeOf, volumeFromInspect } from './from-inspect.js';
import { containerFromList, type ListedContainer } from './from-list.js';
import { readJsonLines } from './json-lines.js';
import { type EngineStats, usageFromStats } from './usage-from-stats.js';
import { containerEventOf, type EngineEvent, resourceNewsOf } from './watch-events.js';

type Signal = AbortSignal | undefined;

export class DockerLooks implements LookPort {
  readonly #api: ApiClient;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  async listAllContainers(signal?: AbortSignal): Promise<ObservedContainer[]> {
    const listed = await this.#api.json<ListedContainer[]>({
      method: 'GET',
      path: '/containers/json',
      query: { all: true, filters: JSON.stringify({ label: [composeLabel.project] }) },
      operation: 'list containers',
      signal,
    });
    return listed.map(containerFromList).sort(byName);
  }

  async listHolders({ kind, nameOrId }: HeldResource, signal?: AbortSignal): Promise<Holder[]> {
    const filter = kind === 'image' ? 'ancestor' : kind;
    const listed = await this.#api.json<ListedContainer[]>({
      method: 'GET',
      path: '/containers/json',
      // A network is held by what runs in it; a container that is stopped only remembers it.
      query: { all: kind !== 'network', filters: JSON.stringify({ [filter]: [nameOrId] }) },
      operation: `list containers that use the ${kind}`,
      resource: nameOrId,
      signal,
    });
    return listed
      .map(containerFromList)
      .map(({ name, labels }) => ({ name, project: labels.get(composeLabel.project) }))
      .sort(byName);
  }

  async readCores(signal?: AbortSignal): Promise<number> {
    const call: ApiCall = { method: 'GET', path: '/info', operation: 'ask about the machine', signal };
    const { NCPU } = await this.#api.json<{ NCPU?: number }>(call);
    return Math.max(1, NCPU ?? 1);
  }

  async readProcesses(id: string, signal?: AbortSignal): Promise<ProcessTable> {
    const operation = 'list processes of container';
    const call = containerCall('GET', id, '/top', operation, signal);
    const { Titles, Processes } = await this.#api.json<{
      Titles?: string[] | null;
      Processes?: string[][] | null;
    }>(call);
    return { titles: Titles ?? [], processes: Processes ?? [] };
  }

  async *readUsage(id: string, mode: UsageMode, signal?: AbortSignal): AsyncGenerator<ContainerUsage> {
    const call: ApiCall = {
      ...containerCall('GET', id, '/stats', 'read the usage of container', signal),
      query: { stream: mode === 'continuous' },
    };
    for await (const stats of this.#lines<EngineStats>(call)) yield usageFromStats(stats);
  }

  async *readEvents(project: string, span: EventSpan, signal?: AbortSignal): AsyncGenerator<TimedEvent> {
    const filters = { type: ['container'], label: [`${composeLabel.project}=${project}`] };
    for await (const event of this.#events(filters, span, signal)) {
      yield { ...containerEventOf(event), atUs: microsecondsOf(event) };
    }
  }

  async *readAllEvents(project: string, span: EventSpan, signal?: AbortSignal): AsyncGenerator<EngineNews> {
    const filters = { type: ['container', 'network', 'volume'] };
    for await (const event of this.#events(filters, span, signal)) {
      const atUs = microsecondsOf(event);
      if (event.Type !== 'container') yield { ...resourceNewsOf(event), atUs };
      else if (event.Actor?.Attributes?.[composeLabel.project] === project)
        yield { ...containerEventOf(event), resource: 'container', atUs };
    }
  }

  async *#events(
    filters: Readonly<Record<string, readonly string[]>>,
    span: EventSpan,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<EngineEvent> {
    const call: ApiCall = {
      method: 'GET',
      path: '/events',
      query: { filters: JSON.stringify(filters), since: span.since, until: span.until },
      operation: 'watch events',
      signal,
    };
    yield* this.#lines<EngineEvent>(call);
    if (span.until !== undefined || signal?.aborted) return;
    throw new EngineError('unreachable', 'the engine ended the stream of events', {
      operation: call.operation,
      hint: 'was the engine stopped or restarted?',
    });
  }

  async findImageFacts(reference: string, signal?: AbortSignal): Promise<ImageFacts | undefined> {
    try {
      const call: ApiCall = {
        method: 'GET',
        path: `/images/${referencePath(reference)}/json`,
        operation: 'find image',
        resource: reference,
        signal,
      };
      return imageFactsOf(await this.#api.json<InspectedImageFacts>(call));
    } catch (error) {
      const isMissing = error instanceof EngineError && ['not-found', 'image-not-found'].includes(error.kind);
      if (isMissing) return undefined;
      throw error;
    }
  }

  async listVolumeFacts(project: string, signal?: AbortSignal): Promise<VolumeFacts[]> {
    const { Volumes } = await this.#api.json<{
      Volumes: (InspectedVolume & { readonly Scope?: string })[] | null;
    }>({
      method: 'GET',
      path: '/volumes',
      query: { filters: JSON.stringify({ label: [`${composeLabel.project}=${project}`] }) },
      operation: 'list volumes',
      signal,
    });
    return (Volumes ?? [])
      .map((volume) => ({ ...volumeFromInspect(volume), scope: volume.Scope ?? 'local' }))
      .sort(byName);
  }

  async *readFileSystem(id: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const call = containerCall('GET', id, '/export', 'export container', signal);
    const response = await this.#api.stream(call);
    try {
      for await (const chunk of response) yield chunk as Uint8Array;
    } catch (error) {
      throw this.#api.failure(error, call);
    } finally {
      response.destroy();
    }
  }

  async commitContainer(id: string, request: CommitRequest, signal?: AbortSignal): Promise<string> {
    const { repo, tag } = splitReference(request.reference);
    const call: ApiCall = {
      method: 'POST',
      path: '/commit',
      query: {
        container: id,
        repo,
        tag,
        author: request.author === '' ? undefined : request.author,
        comment: request.message === '' ? undefined : request.message,
        changes: request.changes.length === 0 ? undefined : request.changes.join('\n'),
        pause: request.processes === 'pause',
      },
      operation: 'commit container',
      resource: id,
      signal,
    };
    try {
      return (await this.#api.json<{ Id: string }>(call)).Id;
    } catch (error) {
      throw isBadName(error) ? badName(request.reference ?? '', error) : error;
    }
  }

  /** The values of a stream until it or the signal ends. */
  async *#lines<T>(call: ApiCall): AsyncGenerator<T> {
    const { signal } = call;
    if (signal?.aborted) return;
    try {
      const response = await this.#api.stream(call);
      try {
        yield* readJsonLines<T>(response);
      } finally {
        response.destroy();
      }
    } catch (error) {
      if (signal?.aborted) return;
      throw this.#api.failure(error, call);
    }
  }
}

function containerCall(method: 'GET', id: string, below: string, operation: string, signal: Signal): ApiCall {
  return { method, path: `/containers/${encodeURIComponent(id)}${below}`, operation, resource: id, signal };
}

/** What we read of `GET /images/{name}/json`. */
interface InspectedImageFacts {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Os: string;
  readonly Architecture: string;
  readonly Variant?: string;
  readonly Size: number;
  readonly Created?: string;
  readonly Metadata?: { readonly LastTagTime?: string } | null;
}

function imageFactsOf(image: InspectedImageFacts): ImageFacts {
  return {
    id: image.Id,
    references: image.RepoTags ?? [],
    platform: [image.Os, image.Architecture, image.Variant].filter((part) => part).join('/'),
    sizeBytes: image.Size,
    createdAtMs: timeOf(image.Created),
    taggedAtMs: timeOf(image.Metadata?.LastTagTime),
  };
}

/** JSON numbers lose the last digits of nanoseconds; microseconds are safe. */
function microsecondsOf({ time = 0, timeNano }: EngineEvent): number {
  return timeNano === undefined ? time * 1e6 : Math.floor(timeNano / 1000);
}

/** `name:tag`; a colon before the last slash belongs to the port of a registry. */
function splitReference(reference: string | undefined): { repo?: string; tag?: string } {
  if (reference === undefined) return {};
  const [, repo = reference, tag] = /^(.*?)(?::([^:/]+))?$/.exec(reference) ?? [];
  return tag === undefined ? { repo, tag: 'latest' } : { repo, tag };
}

/** Engines answer this with a status for defects of their own. */
function isBadName(error: unknown): boolean {
  return error instanceof EngineError && /invalid reference format/.test(error.message);
}

function badName(reference: string, cause: unknown): EngineError {
  return new EngineError('bad-request', `"${reference}" cannot be the name of an image`, {
    operation: 'commit container',
    resource: reference,
    hint: 'write NAME or NAME:TAG, in lower case',
    cause,
  });
}
