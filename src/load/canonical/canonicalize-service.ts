import type { ValuePath } from '../../model/span.js';
import { dependenciesAsMap, namesAsMap } from '../short-forms.js';
import { changeEntry, type MapNode, mapEntries, type TreeNode } from '../tree-node.js';
import { canonicalizeBuild } from './canonicalize-build.js';
import { canonicalizeDevices, canonicalizeGpus } from './canonicalize-devices.js';
import {
  canonicalizeEnvFiles,
  canonicalizeGrants,
  canonicalizeHealthTest,
  numbersAsText,
  toList,
  toListWithoutEmpty,
} from './canonicalize-lists.js';
import { canonicalizePorts } from './canonicalize-ports.js';
import { canonicalizeVolumes } from './canonicalize-volumes.js';
import type { CanonicalContext } from './context.js';

type Transform = (node: TreeNode, context: CanonicalContext, path: ValuePath) => TreeNode;

/** Attributes of a service that have a short form, and what makes the long form of it. */
const transforms = new Map<string, Transform>([
  ['build', canonicalizeBuild],
  ['configs', canonicalizeGrants],
  ['depends_on', dependenciesAsMap],
  ['devices', canonicalizeDevices],
  ['dns', toListWithoutEmpty],
  ['dns_opt', toList],
  ['dns_search', toList],
  ['env_file', canonicalizeEnvFiles],
  ['expose', numbersAsText],
  ['gpus', canonicalizeGpus],
  ['group_add', numbersAsText],
  ['healthcheck', (node) => (node.kind === 'map' ? changeEntry(node, 'test', canonicalizeHealthTest) : node)],
  ['label_file', toList],
  ['models', namesAsMap],
  ['networks', namesAsMap],
  ['ports', canonicalizePorts],
  ['secrets', canonicalizeGrants],
  ['tmpfs', toList],
  ['volumes', canonicalizeVolumes],
]);

/** A service with every short form written out. Running it again changes nothing. */
export function canonicalizeService(service: MapNode, name: string, context: CanonicalContext): MapNode {
  return mapEntries(service, (value, key) => {
    const transform = transforms.get(key);
    return transform === undefined ? value : transform(value, context, ['services', name, key]);
  });
}
