import { composeLabel, isBesideReplicas } from '../../model/labels.js';
import { EngineError } from '../../problems/errors.js';
import type { ContainerEvent } from '../container-event.js';
import type { TimedResourceEvent } from '../look-port.js';
import type { ResourceEvent } from '../resource-watch-port.js';
import type { ApiCall, ApiClient } from './api-client.js';
import { mapOf } from './from-list.js';
import { readJsonLines } from './json-lines.js';

/** What we read of an entry of `GET /events`. */
export interface EngineEvent {
  readonly Type?: string;
  readonly Action?: string;
  readonly status?: string;
  readonly HealthStatus?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> | null };
  readonly id?: string;
  /** Seconds since 1970. */
  readonly time?: number;
  readonly timeNano?: number;
}

/**
 * `GET /events`. The engine answers the request and subscribes in one go, but in that order: a ping in between makes
 * sure that it has done so before we say that we listen.
 */
export async function watchContainers(
  api: ApiClient,
  project: string,
  signal: AbortSignal,
): Promise<AsyncIterable<ContainerEvent>> {
  const filters = { type: ['container'], label: [`${composeLabel.project}=${project}`] };
  return watch(api, filters, containerEventOf, signal);
}

/** The same for networks and volumes, of which a filter by label would leave out the networks. */
export async function watchResources(
  api: ApiClient,
  signal: AbortSignal,
): Promise<AsyncIterable<ResourceEvent>> {
  const filters = { type: ['network', 'volume'], event: [...resourceActions] };
  return watch(api, filters, resourceEventOf, signal);
}

const resourceActions = ['create', 'destroy', 'remove', 'connect', 'disconnect'] as const;

async function watch<Event>(
  api: ApiClient,
  filters: Readonly<Record<string, readonly string[]>>,
  convert: (event: EngineEvent) => Event,
  signal: AbortSignal,
): Promise<AsyncIterable<Event>> {
  const call: ApiCall = {
    method: 'GET',
    path: '/events',
    query: { filters: JSON.stringify(filters) },
    operation: 'watch events',
    signal,
  };
  const response = await api.stream(call);
  try {
    await api.ping({ operation: 'watch events' }, signal);
  } catch (error) {
    response.destroy();
    throw error;
  }
  return readEvents(api, call, response, convert);
}

async function* readEvents<Event>(
  api: ApiClient,
  call: ApiCall,
  response: AsyncIterable<Uint8Array> & { destroy(): void },
  convert: (event: EngineEvent) => Event,
): AsyncGenerator<Event> {
  try {
    for await (const event of readJsonLines<EngineEvent>(response)) yield convert(event);
    if (call.signal?.aborted) return;
    throw new EngineError('unreachable', 'the engine ended the stream of events', {
      operation: call.operation,
      hint: 'was the engine stopped or restarted?',
    });
  } catch (error) {
    if (call.signal?.aborted) return;
    throw api.failure(error, call);
  } finally {
    response.destroy();
  }
}

/** In our words. Podman says the health and the exit code in other places. */
export function containerEventOf(event: EngineEvent): ContainerEvent {
  const attributes = mapOf(event.Actor?.Attributes);
  const action = event.Action ?? event.status ?? '';
  const exitCode = attributes.get('exitCode') ?? attributes.get('containerExitCode');
  const isBareHealth = action === 'health_status' && event.HealthStatus !== undefined;
  return {
    action: isBareHealth ? `health_status: ${event.HealthStatus}` : action,
    id: event.Actor?.ID ?? event.id ?? '',
    name: attributes.get('name') ?? '',
    service: attributes.get(composeLabel.service) ?? '',
    isOneOff: isBesideReplicas(attributes),
    exitCode: action === 'die' && exitCode !== undefined ? Number(exitCode) : undefined,
    attributes,
    atMs: millisecondsOf(event),
  };
}

function resourceEventOf(event: EngineEvent): ResourceEvent {
  const { resource, action, name, attributes } = resourceNewsOf(event);
  return {
    resource,
    action: action as ResourceEvent['action'],
    name,
    containerId: attributes.get('container'),
    atMs: millisecondsOf(event),
  };
}

/** A network goes by its name among the attributes, a volume by its id. Podman says `remove` where Docker says `destroy`. */
export function resourceNewsOf(event: EngineEvent): Omit<TimedResourceEvent, 'atUs'> {
  const attributes = mapOf(event.Actor?.Attributes);
  const id = event.Actor?.ID ?? '';
  return {
    resource: event.Type === 'volume' ? 'volume' : 'network',
    action: event.Action === 'remove' ? 'destroy' : (event.Action ?? ''),
    id,
    name: attributes.get('name') ?? id,
    attributes,
  };
}

function millisecondsOf({ time = 0, timeNano }: EngineEvent): number {
  return timeNano === undefined ? time * 1000 : Math.floor(timeNano / 1e6);
}
