import { formatValuePath, type ValuePath } from '../model/span.js';
import { isIpAddress } from './canonical/port-spec.js';
import type { ProblemList } from './problem-list.js';
import { child, entriesOf, isNull, type MapNode, stringOf, type TreeNode } from './tree-node.js';

/** Rules of single values that the schema cannot say. */
export function checkModel(model: MapNode, problems: ProblemList): void {
  for (const [name, { value }] of entriesOf(child(model, 'services'))) {
    checkService(value, ['services', name], problems);
  }
  for (const [name, { value }] of entriesOf(child(model, 'volumes'))) {
    checkExternalVolume(value, ['volumes', name], problems);
  }
  for (const [section, sources] of fileSections) {
    for (const [name, { value }] of entriesOf(child(model, section))) {
      checkSource(value, sources, [section, name], problems);
    }
  }
}

const fileSections = [
  ['configs', ['file', 'environment', 'content']],
  ['secrets', ['file', 'environment']],
] as const;

function checkService(service: TreeNode, path: ValuePath, problems: ProblemList): void {
  for (const [at, port] of itemsOf(child(service, 'ports')))
    checkPort(port, [...path, 'ports', at], problems);
  for (const [at, mount] of itemsOf(child(service, 'volumes'))) {
    checkMount(mount, [...path, 'volumes', at], problems);
  }
  for (const [at, watch] of itemsOf(child(child(service, 'develop'), 'watch'))) {
    if (stringOf(child(watch, 'path')) === '') {
      report(problems, watch, [...path, 'develop', 'watch', at, 'path'], "value can't be blank");
    }
  }
  const reservations = child(child(child(service, 'deploy'), 'resources'), 'reservations');
  const devicePath = [...path, 'deploy', 'resources', 'reservations', 'devices'];
  for (const [at, request] of itemsOf(child(reservations, 'devices'))) {
    checkDeviceRequest(request, [...devicePath, at], problems);
  }
  for (const [at, request] of itemsOf(child(service, 'gpus'))) {
    checkDeviceRequest(request, [...path, 'gpus', at], problems);
  }
}

function itemsOf(node: TreeNode | undefined): Iterable<[number, TreeNode]> {
  return node?.kind === 'list' ? node.items.entries() : [];
}

function report(problems: ProblemList, node: TreeNode, path: ValuePath, message: string): void {
  problems.error('config/invalid-value', `${formatValuePath(path)}: ${message}`, { place: node.place, path });
}

function checkPort(port: TreeNode, path: ValuePath, problems: ProblemList): void {
  if (port.kind !== 'map') return;
  const ip = child(port, 'host_ip');
  const address = stringOf(ip);
  if (ip !== undefined && address !== undefined && address !== '' && !isIpAddress(address)) {
    report(problems, ip, path, `invalid IP address: ${address}`);
  }
  if (child(port, 'target') === undefined) {
    problems.error('config/missing-key', `${formatValuePath(path)} is missing a target port`, {
      place: port.place,
      path,
    });
  }
}

function checkMount(mount: TreeNode, path: ValuePath, problems: ProblemList): void {
  if (mount.kind !== 'map') return;
  const type = stringOf(child(mount, 'type'));
  if (type === 'bind' && !stringOf(child(mount, 'source'))) {
    problems.error('config/missing-key', `${formatValuePath(path)}: a mount of type "bind" needs a source`, {
      place: mount.place,
      path,
    });
  }
  if (!stringOf(child(mount, 'target'))) {
    problems.error('config/missing-key', `${formatValuePath(path)}: the volume is missing a mount target`, {
      place: mount.place,
      path,
    });
  }
}

function checkDeviceRequest(request: TreeNode, path: ValuePath, problems: ProblemList): void {
  const count = child(request, 'count');
  if (count === undefined || child(request, 'device_ids') === undefined) return;
  problems.error(
    'config/conflicting-keys',
    `${formatValuePath(path)}: "count" and "device_ids" attributes are exclusive`,
    { place: count.place, path, hint: 'keep one of them' },
  );
}

function isExternal(resource: TreeNode): boolean {
  const external = child(resource, 'external');
  return external?.kind === 'scalar' && external.value === true;
}

function checkExternalVolume(volume: TreeNode, path: ValuePath, problems: ProblemList): void {
  if (volume.kind !== 'map' || !isExternal(volume)) return;
  for (const [key, entry] of volume.entries) {
    if (key === 'external' || key === 'name' || key.startsWith('x-')) continue;
    problems.error(
      'config/conflicting-keys',
      `${formatValuePath(path)}: conflicting parameters "external" and "${key}" specified`,
      { place: entry.key, path: [...path, key], hint: 'whoever made the external volume decided this' },
    );
  }
}

/** A config or secret has exactly one source, unless somebody else provides it. */
function checkSource(
  resource: TreeNode,
  sources: readonly string[],
  path: ValuePath,
  problems: ProblemList,
): void {
  if (resource.kind !== 'map' || isExternal(resource) || child(resource, 'driver') !== undefined) return;
  const given = sources.filter((name) => !isNull(child(resource, name)) && resource.entries.has(name));
  if (given.length === 1) return;
  const all = sources.join('|');
  const message =
    given.length === 0 ? `one of ${all} must be set` : `${all} attributes are mutually exclusive`;
  const [first, second] = given.map((name) => resource.entries.get(name)?.key);
  problems.error(
    given.length === 0 ? 'config/missing-key' : 'config/conflicting-keys',
    `${formatValuePath(path)}: ${message}`,
    {
      place: second ?? resource.place,
      path,
      related:
        first === undefined || second === undefined
          ? []
          : [{ message: 'the other one stands here', place: first }],
    },
  );
}
