import type { Engine } from '../engine/engine.js';
import type { VolumeFacts } from '../model/looks.js';
import type { ServicesOfProject } from './top.js';

/** Volumes of a project, or those of them that containers of some services have mounted, by name. */
export async function listVolumes(
  engine: Engine,
  { project, services }: ServicesOfProject,
  signal?: AbortSignal,
): Promise<VolumeFacts[]> {
  const volumes = await engine.looks.listVolumeFacts(project, signal);
  if (services.length === 0) return volumes;
  const containers = await engine.listContainers(project, signal);
  const mounted = new Set(
    containers
      .filter(({ service }) => services.includes(service))
      .flatMap(({ mounts }) => mounts.map(({ volumeName }) => volumeName)),
  );
  return volumes.filter(({ name }) => mounted.has(name));
}
