import { normalize as cleanPath } from 'node:path/posix';
import { impliedDependencies } from './implied-dependencies.js';
import { pairsOf } from './pairs.js';
import { impliedAt } from './provenance.js';
import {
  changeEntry,
  child,
  entriesOf,
  isNull,
  type MapEntry,
  type MapNode,
  mapEntries,
  mapItems,
  mapNode,
  mapOf,
  scalarNode,
  stringOf,
  type TreeNode,
  withEntry,
} from './tree-node.js';

/** Writes down what the specification implies: the default network, names of resources and dependencies. */
export function normalize(model: MapNode, projectName: string): MapNode {
  const withServices = changeEntry(model, 'services', (services) =>
    services.kind === 'map'
      ? mapEntries(services, (service) => (service.kind === 'map' ? normalizeService(service) : service))
      : services,
  );
  const withDefault = declareDefaultNetwork(withServices);
  return mapEntries(withDefault, (section, key) =>
    resourceSections.has(key) ? nameResources(section, projectName) : section,
  );
}

const resourceSections = new Set(['networks', 'volumes', 'configs', 'secrets']);

function normalizeService(service: MapNode): MapNode {
  let result = joinDefaultNetwork(service);
  result = changeEntry(result, 'volumes', cleanTargets);
  result = changeEntry(result, 'build', withoutUnsetArguments);
  const implied = impliedDependencies(result);
  return implied === undefined ? result : withEntry(result, 'depends_on', implied);
}

function joinDefaultNetwork(service: MapNode): MapNode {
  if (child(service, 'network_mode') !== undefined || child(service, 'provider') !== undefined)
    return service;
  const networks = child(service, 'networks');
  if (networks !== undefined && !isNull(networks) && (networks.kind !== 'map' || networks.entries.size > 0)) {
    return service;
  }
  return withEntry(service, 'networks', defaultNetworkAt(service));
}

/** `{default: null}` because of something that is there. */
function defaultNetworkAt(because: TreeNode): MapNode {
  const place = impliedAt(because.place);
  return mapOf([['default', scalarNode(null, place)]], place);
}

function declareDefaultNetwork(model: MapNode): MapNode {
  const services = entriesOf(child(model, 'services'));
  const isUsed = [...services.values()].some(({ value }) =>
    entriesOf(child(value, 'networks')).has('default'),
  );
  if (!isUsed) return model;
  const networks = child(model, 'networks');
  if (networks === undefined || isNull(networks)) {
    return withEntry(model, 'networks', defaultNetworkAt(model));
  }
  if (networks.kind !== 'map' || networks.entries.has('default')) return model;
  return withEntry(
    model,
    'networks',
    withEntry(networks, 'default', scalarNode(null, impliedAt(networks.place))),
  );
}

/** `<project>_<key>`; what others own has the key for a name. */
function nameResources(section: TreeNode, projectName: string): TreeNode {
  if (section.kind !== 'map') return section;
  return mapEntries(section, (resource, key) => {
    const map = isNull(resource) ? mapNode(new Map<string, MapEntry>(), resource.place) : resource;
    if (map.kind !== 'map') return resource;
    if (map.entries.has('name')) return map;
    const external = child(map, 'external');
    const isExternal = external?.kind === 'scalar' && external.value === true;
    const name = isExternal ? key : `${projectName}_${key}`;
    return withEntry(map, 'name', scalarNode(name, impliedAt(map.place)));
  });
}

function cleanTargets(volumes: TreeNode): TreeNode {
  if (volumes.kind !== 'list') return volumes;
  return mapItems(volumes, (mount) => {
    if (mount.kind !== 'map') return mount;
    return changeEntry(mount, 'target', (target) => {
      const path = stringOf(target);
      if (path === undefined || path === '') return target;
      const cleaned = cleanPath(path).replace(/(.)\/+$/, '$1');
      return cleaned === path ? target : scalarNode(cleaned, target.place);
    });
  });
}

/** Build arguments without a value anywhere are not passed. */
function withoutUnsetArguments(build: TreeNode): TreeNode {
  if (build.kind !== 'map') return build;
  return changeEntry(build, 'args', (args) => {
    const map = pairsOf(args);
    if (map === undefined) return args;
    const set = [...map.entries].filter(([, { value }]) => !isNull(value));
    return set.length === map.entries.size && map === args ? args : mapNode(new Map(set), args.place);
  });
}
