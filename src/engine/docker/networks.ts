import type { EndpointRequest } from '../../model/container-spec.js';
import { composeLabel } from '../../model/labels.js';
import type { ObservedNetwork } from '../../model/observed.js';
import { byName } from '../../model/order.js';
import type { NetworkSpec } from '../../model/project.js';
import { EngineError } from '../../problems/errors.js';
import type { ApiClient } from './api-client.js';
import { oldestKnownVersion } from './api-version.js';
import { type InspectedNetwork, networkFromInspect } from './from-inspect.js';
import { networkBodyOf } from './network-body.js';
import { endpointConfigOf } from './networking-config.js';

type Signal = AbortSignal | undefined;

export async function listNetworks(
  api: ApiClient,
  project: string,
  signal: Signal,
): Promise<ObservedNetwork[]> {
  const listed = await api.json<InspectedNetwork[]>({
    method: 'GET',
    path: '/networks',
    query: { filters: JSON.stringify({ label: [`${composeLabel.project}=${project}`] }) },
    operation: 'list networks',
    signal,
  });
  return listed.map(networkFromInspect).sort(byName);
}

export async function findNetwork(
  api: ApiClient,
  nameOrId: string,
  signal: Signal,
): Promise<ObservedNetwork | undefined> {
  try {
    const found = await api.json<InspectedNetwork>({
      method: 'GET',
      path: `/networks/${encodeURIComponent(nameOrId)}`,
      operation: 'find network',
      resource: nameOrId,
      signal,
    });
    // The engine also takes the beginning of an id.
    const isExact = found.Name === nameOrId || found.Id === nameOrId;
    return isExact ? networkFromInspect(found) : undefined;
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

export async function createNetwork(
  api: ApiClient,
  network: NetworkSpec,
  labels: ReadonlyMap<string, string>,
  signal: Signal,
): Promise<string> {
  const version = api.version ?? oldestKnownVersion;
  const { Id } = await api.json<{ Id: string }>({
    method: 'POST',
    path: '/networks/create',
    body: networkBodyOf(network, labels, version),
    operation: 'create network',
    resource: network.name,
    signal,
  });
  return Id;
}

export async function removeNetwork(api: ApiClient, nameOrId: string, signal: Signal): Promise<void> {
  await api.send({
    method: 'DELETE',
    path: `/networks/${encodeURIComponent(nameOrId)}`,
    operation: 'remove network',
    resource: nameOrId,
    signal,
  });
}

export async function connectNetwork(
  api: ApiClient,
  endpoint: EndpointRequest,
  containerId: string,
  signal: Signal,
): Promise<void> {
  const version = api.version ?? oldestKnownVersion;
  await api.send({
    method: 'POST',
    path: `/networks/${encodeURIComponent(endpoint.network)}/connect`,
    body: { Container: containerId, EndpointConfig: endpointConfigOf(endpoint, version) },
    operation: 'connect network',
    resource: endpoint.network,
    signal,
  });
}

/** Quiet when the container is gone or was never connected: either way it is not connected now. */
export async function disconnectNetwork(
  api: ApiClient,
  network: string,
  containerId: string,
  signal: Signal,
): Promise<void> {
  try {
    await api.send({
      method: 'POST',
      path: `/networks/${encodeURIComponent(network)}/disconnect`,
      // Force also cleans up the endpoint of a container that no longer exists.
      body: { Container: containerId, Force: true },
      operation: 'disconnect network',
      resource: network,
      signal,
    });
  } catch (error) {
    const isDisconnected =
      error instanceof EngineError &&
      /No such container|is not connected to|no container .* found|endpoint .* not found/i.test(
        error.message,
      );
    if (!isDisconnected) throw error;
  }
}
