import type { ContainerSpec, MountRequest } from '../../model/container-spec.js';
import { engineRequirements, type GatedKey, isApiAtLeast } from '../../model/engine-requirements.js';
import { EngineError } from '../../problems/errors.js';

/**
 * The last guard, for whoever did not ask the plan: an old engine takes some mounts without a word and makes another
 * one than the file says. What an engine can do without is left out of the request instead. Throws EngineError
 * `unsupported` that names the service and the version that it needs.
 */
export function refuseUnsupportedContainer(spec: ContainerSpec<string>, apiVersion: string): void {
  for (const mount of spec.mounts) {
    const key = gatedKeyOf(mount);
    if (key === undefined || isApiAtLeast(apiVersion, engineRequirements[key].api)) continue;
    const { product, api, without } = engineRequirements[key];
    throw new EngineError(
      'unsupported',
      `service "${spec.service.name}" uses ${key}, which needs ${product} (API ${api}); this engine speaks API ${apiVersion}, and ${without}`,
      {
        operation: 'create container',
        resource: spec.name,
        hint: `remove ${key} from the mount at ${mount.target}, or use a newer engine`,
      },
    );
  }
}

function gatedKeyOf({ type, bind, volume }: MountRequest): GatedKey | undefined {
  if (type === 'image') return 'volumes: type image';
  if (type === 'volume' && volume?.subpath !== undefined) return 'volumes.volume.subpath';
  if (type === 'bind' && bind?.recursive === 'readonly') return 'volumes.bind.recursive: readonly';
  return undefined;
}
