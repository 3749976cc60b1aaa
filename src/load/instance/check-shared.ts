import type { ProblemList } from '../problem-list.js';
import { child, entriesOf, type MapNode, stringOf, type TreeNode } from '../tree-node.js';
import { isExternal } from './isolate-names.js';

/** Tells what of a model every instance of it wants for itself, and cannot have. */
export function checkShared(model: MapNode, problems: ProblemList): void {
  for (const [name, { value }] of entriesOf(child(model, 'services'))) {
    const mode = child(value, 'network_mode');
    if (mode !== undefined && stringOf(mode) === 'host')
      warn(
        mode,
        `service "${name}" is in the network of the host: its ports are the same in every instance`,
        problems,
      );
  }
  for (const [key, { value }] of entriesOf(child(model, 'networks'))) {
    const subnet = isExternal(value) ? undefined : fixedSubnet(value);
    if (subnet !== undefined)
      warn(
        subnet,
        `network "${key}" has the subnet ${stringOf(subnet)}, which only one instance can have at a time`,
        problems,
      );
  }
  for (const [key, { value }] of entriesOf(child(model, 'volumes'))) {
    const device = child(child(value, 'driver_opts'), 'device');
    if (device !== undefined)
      warn(device, `volume "${key}" is on ${stringOf(device)}, which all instances have in common`, problems);
  }
}

function fixedSubnet(network: TreeNode): TreeNode | undefined {
  const pools = child(child(network, 'ipam'), 'config');
  if (pools?.kind !== 'list') return undefined;
  return pools.items.map((pool) => child(pool, 'subnet')).find((subnet) => stringOf(subnet) !== undefined);
}

function warn(node: TreeNode, message: string, problems: ProblemList): void {
  problems.warning('instance/shared', message, {
    place: node.place,
    hint: 'use a variable that differs, such as ${TSCOMPOSE_INSTANCE}, or leave it out',
  });
}
