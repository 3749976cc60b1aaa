import { PathRules } from './path-rules.js';
import { defaultAt } from './provenance.js';
import { transformAt } from './transform-at.js';
import {
  child,
  type MapNode,
  scalarNode,
  stringOf,
  type TreeNode,
  type TreeScalar,
  withEntry,
} from './tree-node.js';

type FillDefault = (node: MapNode) => MapNode;

/** Values that the specification gives to what is not written. */
const defaults = PathRules.of<FillDefault>({
  'services.*.build': (build) => {
    const located = setDefault(build, 'context', '.');
    return child(build, 'dockerfile_inline') === undefined
      ? setDefault(located, 'dockerfile', 'Dockerfile')
      : located;
  },
  'services.*.secrets.[]': (grant) => {
    const source = stringOf(child(grant, 'source'));
    return source === undefined ? grant : setDefault(grant, 'target', `/run/secrets/${source}`);
  },
  'services.*.ports.[]': (port) => setDefault(setDefault(port, 'mode', 'ingress'), 'protocol', 'tcp'),
  'services.*.depends_on.*': (dependency) => setDefault(dependency, 'required', true),
  'services.*.volumes.[]': (mount) => {
    const bind = child(mount, 'bind');
    if (bind?.kind !== 'map' || stringOf(child(mount, 'type')) !== 'bind') return mount;
    return withEntry(mount, 'bind', setDefault(bind, 'create_host_path', true));
  },
  'services.*.gpus.[]': countAll,
  'services.*.deploy.resources.reservations.devices.[]': countAll,
});

/** A request for devices that says neither how many nor which wants all of them. */
function countAll(request: MapNode): MapNode {
  return child(request, 'device_ids') === undefined ? setDefault(request, 'count', -1) : request;
}

function setDefault(map: MapNode, key: string, value: TreeScalar): MapNode {
  return map.entries.has(key) ? map : withEntry(map, key, scalarNode(value, defaultAt(map.place)));
}

export function fillDefaults(model: MapNode): MapNode {
  const filled = transformAt(
    model,
    defaults,
    (node, fill): TreeNode => (node.kind === 'map' ? fill(node) : node),
  );
  return filled as MapNode;
}
