import type { ContainerSpec } from '../../model/container-spec.js';
import { composeLabel } from '../../model/labels.js';
import type { ObservedContainer, ObservedContainerDetails } from '../../model/observed.js';
import { byName } from '../../model/order.js';
import { EngineError } from '../../problems/errors.js';
import type { StopOptions } from '../engine.js';
import type { ApiClient } from './api-client.js';
import { oldestKnownVersion } from './api-version.js';
import { createRequestOf } from './create-body.js';
import { detailsFromInspect, type InspectedContainer } from './from-inspect.js';
import { containerFromList, type ListedContainer } from './from-list.js';
import { connectNetwork } from './networks.js';
import { refuseUnsupportedContainer } from './version-gates.js';

type Signal = AbortSignal | undefined;

export async function listContainers(
  api: ApiClient,
  project: string,
  signal: Signal,
): Promise<ObservedContainer[]> {
  const listed = await api.json<ListedContainer[]>({
    method: 'GET',
    path: '/containers/json',
    query: { all: true, filters: JSON.stringify({ label: [`${composeLabel.project}=${project}`] }) },
    operation: 'list containers',
    signal,
  });
  return listed.map(containerFromList).sort(byName);
}

export async function inspectContainer(
  api: ApiClient,
  id: string,
  signal: Signal,
): Promise<ObservedContainerDetails> {
  const inspected = await api.json<InspectedContainer>({
    method: 'GET',
    path: `/containers/${encodeURIComponent(id)}/json`,
    operation: 'inspect container',
    resource: id,
    signal,
  });
  return detailsFromInspect(inspected);
}

/** A container that could not be connected to all its networks is taken away again, whatever went wrong. */
export async function createContainer(
  api: ApiClient,
  spec: ContainerSpec<string>,
  signal: Signal,
): Promise<string> {
  const version = api.version ?? oldestKnownVersion;
  refuseUnsupportedContainer(spec, version);
  const { query, body, connectLater } = createRequestOf(spec, version);
  const { Id } = await api.json<{ Id: string }>({
    method: 'POST',
    path: '/containers/create',
    query,
    body,
    operation: 'create container',
    resource: spec.name,
    signal,
  });
  try {
    for (const endpoint of connectLater) await connectNetwork(api, endpoint, Id, signal);
  } catch (error) {
    await removeContainer(api, Id, { anonymousVolumes: 'remove' }, undefined).catch(() => {});
    throw error;
  }
  return Id;
}

export async function startContainer(api: ApiClient, id: string, signal: Signal): Promise<void> {
  await change(api, id, 'start', {}, signal);
}

export async function stopContainer(
  api: ApiClient,
  id: string,
  { timeoutSec, until }: StopOptions,
  signal: Signal,
): Promise<void> {
  await change(api, id, 'stop', { t: timeoutSec }, signal);
  if (until !== 'ended') await untilListed(api, id, signal);
}

export async function killContainer(
  api: ApiClient,
  id: string,
  unixSignal: string,
  signal: Signal,
): Promise<void> {
  try {
    await change(api, id, 'kill', { signal: unixSignal }, signal);
  } catch (error) {
    if (!says(error, /is not running|can only kill running containers/i)) throw error;
  }
  await untilListed(api, id, signal);
}

/**
 * The engine answers before its list has the new state (seen on 20.10 and 26.1), and a plan made from that list would
 * stop the container again. An inspection waits for what is under way, so that a list afterwards tells the truth.
 */
async function untilListed(api: ApiClient, id: string, signal: Signal): Promise<void> {
  try {
    await inspectContainer(api, id, signal);
  } catch (error) {
    if (!(error instanceof EngineError && error.kind === 'not-found')) throw error;
  }
}

export async function renameContainer(
  api: ApiClient,
  id: string,
  name: string,
  signal: Signal,
): Promise<void> {
  await change(api, id, 'rename', { name }, signal);
}

export async function removeContainer(
  api: ApiClient,
  id: string,
  options: { readonly anonymousVolumes: 'keep' | 'remove' },
  signal: Signal,
): Promise<void> {
  try {
    await api.send({
      method: 'DELETE',
      path: `/containers/${encodeURIComponent(id)}`,
      // Also what restarts all the time: without force there is no moment to take it away.
      query: { force: true, v: options.anonymousVolumes === 'remove' },
      operation: 'remove container',
      resource: id,
      signal,
    });
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return;
    if (!says(error, /removal of container .* is already in progress/)) throw error;
    await waitUntilRemoved(api, id, signal);
  }
}

/** Somebody else is removing it: done when they are. */
async function waitUntilRemoved(api: ApiClient, id: string, signal: Signal): Promise<void> {
  try {
    await change(api, id, 'wait', { condition: 'removed' }, signal);
  } catch (error) {
    if (!(error instanceof EngineError && error.kind === 'not-found')) throw error;
  }
}

/** A container that is already as wanted is answered with 304, which is no error here. */
async function change(
  api: ApiClient,
  id: string,
  verb: 'start' | 'stop' | 'kill' | 'rename' | 'wait',
  query: Record<string, string | number | undefined>,
  signal: Signal,
): Promise<void> {
  await api.send({
    method: 'POST',
    path: `/containers/${encodeURIComponent(id)}/${verb}`,
    query,
    operation: `${verb} container`,
    resource: id,
    signal,
  });
}

function says(error: unknown, text: RegExp): boolean {
  return error instanceof EngineError && error.status === 409 && text.test(error.message);
}
