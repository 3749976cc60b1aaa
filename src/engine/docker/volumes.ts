import { composeLabel } from '../../model/labels.js';
import type { ObservedVolume } from '../../model/observed.js';
import { byName } from '../../model/order.js';
import type { VolumeSpec } from '../../model/project.js';
import { EngineError } from '../../problems/errors.js';
import type { ApiClient } from './api-client.js';
import { defined, mapUnlessEmpty } from './body-fields.js';
import { type InspectedVolume, volumeFromInspect } from './from-inspect.js';

type Signal = AbortSignal | undefined;

export async function listVolumes(
  api: ApiClient,
  project: string,
  signal: Signal,
): Promise<ObservedVolume[]> {
  const { Volumes } = await api.json<{ Volumes: InspectedVolume[] | null }>({
    method: 'GET',
    path: '/volumes',
    query: { filters: JSON.stringify({ label: [`${composeLabel.project}=${project}`] }) },
    operation: 'list volumes',
    signal,
  });
  return (Volumes ?? []).map(volumeFromInspect).sort(byName);
}

export async function findVolume(
  api: ApiClient,
  name: string,
  signal: Signal,
): Promise<ObservedVolume | undefined> {
  try {
    const found = await api.json<InspectedVolume>({
      method: 'GET',
      path: `/volumes/${encodeURIComponent(name)}`,
      operation: 'find volume',
      resource: name,
      signal,
    });
    return volumeFromInspect(found);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

export async function createVolume(
  api: ApiClient,
  volume: VolumeSpec,
  labels: ReadonlyMap<string, string>,
  signal: Signal,
): Promise<void> {
  await api.send({
    method: 'POST',
    path: '/volumes/create',
    body: defined({
      Name: volume.name,
      Driver: volume.driver,
      DriverOpts: mapUnlessEmpty(volume.driverOptions),
      Labels: mapUnlessEmpty(labels),
    }),
    operation: 'create volume',
    resource: volume.name,
    signal,
  });
}

export async function removeVolume(api: ApiClient, name: string, signal: Signal): Promise<void> {
  await api.send({
    method: 'DELETE',
    path: `/volumes/${encodeURIComponent(name)}`,
    operation: 'remove volume',
    resource: name,
    signal,
  });
}
