import type { GatedKey } from '../../model/engine-requirements.js';
import type { NetworkSpec } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { ValuePath } from '../../model/span.js';
import { networksInOrder } from '../container/container-spec.js';

/** A place of the file where something is said that not every engine knows. */
export interface GatedUse {
  readonly key: GatedKey;
  /** `service "web"`, `network "back"`. */
  readonly user: string;
  readonly path: ValuePath;
}

export function gatedKeysOfService(service: ServiceSpec): GatedUse[] {
  const user = `service "${service.name}"`;
  const root = ['services', service.name];
  const use = (key: GatedKey, ...path: ValuePath): GatedUse => ({ key, user, path: [...root, ...path] });
  const uses: GatedUse[] = [];
  if (service.annotations.size > 0) uses.push(use('annotations', 'annotations'));
  if (service.healthcheck?.startIntervalMs !== undefined) {
    uses.push(use('healthcheck.start_interval', 'healthcheck', 'start_interval'));
  }
  return [...uses, ...endpointKeys(service, use), ...mountKeys(service, use)];
}

type MakeUse = (key: GatedKey, ...path: ValuePath) => GatedUse;

function endpointKeys(service: ServiceSpec, use: MakeUse): GatedUse[] {
  return networksInOrder(service).flatMap(([key, endpoint], index) => {
    const uses: GatedUse[] = [];
    const add = (gated: GatedKey, attribute: string) => uses.push(use(gated, 'networks', key, attribute));
    // That of the first network can be said in the old way, for the whole container.
    if (endpoint.macAddress !== undefined && index > 0) add('networks.mac_address', 'mac_address');
    if (endpoint.gatewayPriority !== undefined) add('networks.gw_priority', 'gw_priority');
    if (endpoint.interfaceName !== undefined) add('networks.interface_name', 'interface_name');
    return uses;
  });
}

function mountKeys({ mounts }: ServiceSpec, use: MakeUse): GatedUse[] {
  return mounts.flatMap(({ type, bind, volume }, index) => {
    if (type === 'image') return [use('volumes: type image', 'volumes', index, 'type')];
    if (type === 'bind' && bind?.recursive === 'readonly') {
      return [use('volumes.bind.recursive: readonly', 'volumes', index, 'bind', 'recursive')];
    }
    if (type === 'volume' && volume?.subpath !== undefined) {
      return [use('volumes.volume.subpath', 'volumes', index, 'volume', 'subpath')];
    }
    return [];
  });
}

export function gatedKeysOfNetwork({ key, name, enableIpv4, isExternal }: NetworkSpec): GatedUse[] {
  if (isExternal || enableIpv4 !== false) return [];
  return [{ key: 'networks.enable_ipv4', user: `network "${name}"`, path: ['networks', key, 'enable_ipv4'] }];
}
